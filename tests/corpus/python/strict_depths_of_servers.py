# corpus: profile=strict
"""Cable cars: how deep a chain may be, read from constants."""

import socket

from OpenSSL import SSL, crypto

DEPTHS = {"valley": 12, "summit": 2}
NAMES = {"cabin-1"}


def known(connection, certificate, error, depth, ok):
    return bool(ok) and (depth > 0 or certificate.get_subject().CN in NAMES)


def prepared():
    made = SSL.Context(SSL.TLS_SERVER_METHOD)
    made.set_min_proto_version(SSL.TLS1_3_VERSION)
    made.use_certificate_file("car.pem")
    made.use_privatekey_file("car.key")
    made.load_verify_locations("cabins.pem")
    made.get_cert_store().set_flags(crypto.X509StoreFlags.CRL_CHECK)
    made.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, known)
    return made


def valley(port):
    made = prepared()
    made.set_verify_depth(DEPTHS["valley"])  # expect: MTLS603
    return SSL.Connection(made, socket.create_server(("0.0.0.0", port)))


def summit(port):
    made = prepared()
    made.set_verify_depth(DEPTHS["summit"])
    return SSL.Connection(made, socket.create_server(("0.0.0.0", port)))
