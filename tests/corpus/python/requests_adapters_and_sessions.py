"""Client of the tax office: sessions in classes, adapters with contexts."""

import ssl

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.ssl_ import create_urllib3_context


class LaxAdapter(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
        kwargs["ssl_context"] = context
        return super().init_poolmanager(*args, **kwargs)


class Office:
    def __init__(self, base):
        self.base = base
        self.session = requests.session()
        self.session.headers["Accept"] = "application/json"
        self.session.cert = ("me.pem", "me.key")

    def get(self, path):
        return self.session.get(self.base + path, timeout=10).json()

    def download(self, path):
        with self.session.get(self.base + path, stream=True, verify=False) as reply:  # expect: MTLS401
            yield from reply.iter_content(65536)


class Archive(Office):
    def __init__(self, base):
        super().__init__(base)
        self.session.verify = False  # expect: MTLS401


class Court(Office):
    def __init__(self, base):
        super().__init__(base)
        self.session.verify = "/etc/tax/court.pem"


def prepared(url):
    session = requests.Session()
    request = session.prepare_request(requests.Request("POST", url, json={}))
    return session.send(request, verify=False)  # expect: MTLS401


def ciphers():
    return create_urllib3_context(ciphers="ECDHE+AESGCM")
