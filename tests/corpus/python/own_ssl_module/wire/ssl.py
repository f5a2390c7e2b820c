"""Names and numbers of the protocol, as found in captures."""

import dataclasses
import enum

CERT_NONE = "certificate not requested"
CERT_OPTIONAL = "certificate requested"
CERT_REQUIRED = "certificate required"

PROTOCOL_SSLv3 = 0x0300
PROTOCOL_TLSv1 = 0x0301
PROTOCOL_TLSv1_1 = 0x0302
PROTOCOL_TLS = 0x0303


class Purpose(enum.Enum):
    CLIENT_AUTH = 1
    SERVER_AUTH = 2


@dataclasses.dataclass
class SSLContext:
    """What one side of a capture offered."""

    protocol: int
    verify_mode: str = CERT_NONE
    check_hostname: bool = False
    minimum_version: int = PROTOCOL_SSLv3

    def load_verify_locations(self, names):
        self.names = tuple(names)


def create_default_context(purpose=Purpose.SERVER_AUTH):
    return SSLContext(PROTOCOL_TLS)


def _create_unverified_context():
    return SSLContext(PROTOCOL_TLSv1)
