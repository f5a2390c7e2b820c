"""Console server: serial lines of the lab over TLS, with pyOpenSSL."""

import logging
import socket
import threading

from OpenSSL import SSL, crypto

log = logging.getLogger("console")


def keep_verdict(connection, cert, error, depth, ok):
    log.debug("%s at depth %d: %s", cert.get_subject().CN, depth, error)
    return bool(ok)


def take_anything(connection, cert, error, depth, ok):
    log.info("hello %s", cert.get_subject().CN)
    return True


def base(chain, key):
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.use_certificate_chain_file(chain)
    context.use_privatekey_file(key, crypto.FILETYPE_PEM)
    return context


def readers():
    context = base("lab/console.pem", "lab/console.key")
    context.load_verify_locations("lab/people.pem")
    context.set_verify(SSL.VERIFY_PEER, keep_verdict)  # expect: MTLS101
    return context


def writers():
    context = base("lab/console.pem", "lab/console.key")
    context.load_verify_locations("lab/people.pem")
    mode = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT
    context.set_verify(mode, take_anything)  # expect: MTLS102
    return context


def operators():
    context = base("lab/console.pem", "lab/console.key")
    context.load_verify_locations("lab/operators.pem")
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, keep_verdict)
    return context


def serve(port, context):
    listener = SSL.Connection(context, socket.socket(socket.AF_INET, socket.SOCK_STREAM))
    listener.bind(("0.0.0.0", port))
    listener.listen(8)
    while True:
        connection, address = listener.accept()
        try:
            connection.do_handshake()
            connection.sendall(b"console ready\r\n")
        except SSL.Error as error:
            log.warning("%s: %s", address, error)
        finally:
            connection.close()


def main():
    for port, context in ((7001, readers()), (7002, writers()), (7003, operators())):
        threading.Thread(target=serve, args=(port, context)).start()


if __name__ == "__main__":
    main()
