"""Badge readers' gate, with pyOpenSSL."""

import socket

from OpenSSL import SSL


def _context(name):
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.use_certificate_chain_file(f"/etc/gate/{name}.pem")
    context.use_privatekey_file(f"/etc/gate/{name}.key")
    context.load_verify_locations("/etc/gate/readers-ca.pem")
    return context


def verdict(connection, certificate, error, depth, ok):
    return ok


def anybody(connection, certificate, error, depth, ok):
    print("reader", certificate.get_subject().CN, "error", error)
    return True


def doors():
    context = _context("doors")
    context.set_verify(  # expect: MTLS102
        SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT,
        anybody,
    )
    return listen(context, 4801)


def lifts():
    context = _context("lifts")
    context.set_verify(SSL.VERIFY_FAIL_IF_NO_PEER_CERT, verdict)  # expect: MTLS104
    return listen(context, 4802)


def garage():
    context = _context("garage")
    context.set_verify(SSL.VERIFY_PEER)  # expect: MTLS101
    return listen(context, 4803)


def vault():
    context = _context("vault")
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, verdict)
    return listen(context, 4804)


def listen(context, port):
    listener = SSL.Connection(context, socket.socket())
    listener.bind(("0.0.0.0", port))
    listener.listen(5)
    return listener
