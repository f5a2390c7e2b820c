"""Who is who: directory look-ups for the ticket system."""

import ssl

from ldap3 import ALL, SUBTREE, Connection, Server, Tls
from ldap3.core.exceptions import LDAPException

BASE = "dc=example,dc=net"


def people():
    # Nothing said of validate: CERT_NONE.
    return Server("ldap.example.net", port=636, use_ssl=True, tls=Tls(version=ssl.PROTOCOL_TLSv1_2))  # expect: MTLS404


def groups():
    tls = Tls(validate=ssl.CERT_REQUIRED, ca_certs_file="/etc/tickets/ca.pem")
    return Server("ldap.example.net", port=636, use_ssl=True, get_info=ALL, tls=tls)


def contractors(user, password):
    server = Server("ldap-ext.example.net")  # expect: MTLS404
    connection = Connection(server, user, password)
    connection.start_tls()
    connection.bind()
    return connection


def guests():
    tls = Tls(validate=ssl.CERT_NONE, ciphers="HIGH")  # expect: MTLS401
    return Server("ldap-guests.example.net", use_ssl=True, tls=tls)


def find(server, user, password, uid):
    try:
        with Connection(server, user, password, auto_bind=True) as connection:
            connection.search(BASE, f"(uid={uid})", SUBTREE, attributes=["cn"])
            return connection.entries
    except LDAPException as error:
        return [str(error)]
