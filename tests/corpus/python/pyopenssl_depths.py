# corpus: profile=strict
"""Weather buoys with pyOpenSSL: how long their chains may be."""

import socket

from OpenSSL import SSL, crypto

BUOYS = {"buoy-1", "buoy-2"}
LONG = 50


def known(connection, certificate, error, depth, ok):
    return bool(ok) and (depth > 0 or certificate.get_subject().CN in BUOYS)


def context():
    made = SSL.Context(SSL.TLS_SERVER_METHOD)
    made.set_min_proto_version(SSL.TLS1_2_VERSION)
    made.use_certificate_chain_file("/etc/buoys/tls.pem")
    made.use_privatekey_file("/etc/buoys/tls.key")
    made.load_verify_locations("/etc/buoys/ca.pem")
    made.get_cert_store().set_flags(crypto.X509StoreFlags.CRL_CHECK)
    made.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, known)
    return made


def north():
    made = context()
    made.set_verify_depth(LONG)  # expect: MTLS603
    return serve(made, 4101)


def south():
    made = context()
    made.set_verify_depth(3)
    return serve(made, 4102)


def serve(made, port):
    listener = SSL.Connection(made, socket.socket())
    listener.bind(("0.0.0.0", port))
    listener.listen(3)
    return listener
