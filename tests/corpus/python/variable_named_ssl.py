"""Settings screen of the mail client; `ssl` is a dictionary, a parameter, a widget."""

from dataclasses import dataclass, field


class Choice:
    CERT_NONE = "never"
    CERT_OPTIONAL = "if offered"
    CERT_REQUIRED = "always"

    def __init__(self, verify_mode=CERT_REQUIRED):
        self.verify_mode = verify_mode
        self.check_hostname = True


@dataclass
class Account:
    host: str
    port: int = 993
    ssl: Choice = field(default_factory=Choice)

    def relax(self):
        self.ssl.check_hostname = False
        self.ssl.verify_mode = Choice.CERT_NONE


class Dialog:
    """Draws the options; nothing here opens a connection."""

    def __init__(self, toolkit, account):
        self.toolkit = toolkit
        self.account = account

    def draw(self, ssl):
        ssl.verify_mode = ssl.CERT_NONE
        ssl.check_hostname = False
        self.toolkit.radio("Verify", [ssl.CERT_NONE, ssl.CERT_OPTIONAL, ssl.CERT_REQUIRED])
        return ssl

    def save(self, store):
        ssl = store.section("ssl")
        ssl.verify_mode = self.account.ssl.verify_mode
        ssl.minimum_version = "TLSv1"
        ssl.set_ciphers("RC4-SHA")
        store.write(verify=False, ssl=False)


def migrate(rows):
    """Version 1 stored numbers."""
    for row in rows:
        ssl = {"verify": False, "cert_reqs": "CERT_NONE"}
        ssl.update(row.get("ssl", {}))
        ssl = Choice(Choice.CERT_REQUIRED if ssl["verify"] else Choice.CERT_NONE)
        yield Account(row["host"], row.get("port", 993), ssl)


class Requests:
    """Friend requests, not the library."""

    def get(self, name, verify=True):
        return (name, verify)


requests = Requests()
pending = [requests.get(name, verify=False) for name in ("ann", "bob")]
