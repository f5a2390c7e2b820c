"""Phone book over LDAP: protocols by name."""

import ssl

from ldap3 import Connection, Server, Tls


def old(host):
    tls = Tls(validate=ssl.CERT_REQUIRED, version=ssl.PROTOCOL_TLSv1)  # expect: MTLS202
    return Connection(Server(host, use_ssl=True, tls=tls))


def new(host):
    tls = Tls(validate=ssl.CERT_REQUIRED, version=ssl.PROTOCOL_TLSv1_2)
    return Connection(Server(host, use_ssl=True, tls=tls))
