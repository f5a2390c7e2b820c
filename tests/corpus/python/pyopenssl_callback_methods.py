"""Tram depots: callbacks as methods, static methods and named functions."""

import socket

from OpenSSL import SSL

MODE = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT
KNOWN = {"tram-1", "tram-2"}


def accept_all(connection, certificate, error, depth, ok):
    return 1


def log_and_pass(connection, certificate, error, depth, ok):
    if not ok:
        print("refused", certificate.get_subject().CN, error)
    return ok


def only_known(connection, certificate, error, depth, ok):
    if depth == 0 and certificate.get_subject().CN not in KNOWN:
        return False
    return ok


class Depot:
    def __init__(self, port, callback):
        self.port, self.callback = port, callback

    @staticmethod
    def context():
        made = SSL.Context(SSL.TLS_SERVER_METHOD)
        made.set_min_proto_version(SSL.TLS1_2_VERSION)
        made.use_certificate_file("depot.pem")
        made.use_privatekey_file("depot.key")
        made.load_verify_locations("trams.pem")
        return made

    def listen(self, made):
        listener = SSL.Connection(made, socket.socket())
        listener.bind(("0.0.0.0", self.port))
        listener.listen(5)
        return listener


def north():
    depot = Depot(7001, accept_all)
    made = depot.context()
    made.set_verify(MODE, accept_all)  # expect: MTLS102
    return depot.listen(made)


def south():
    depot = Depot(7002, log_and_pass)
    made = depot.context()
    made.set_verify(MODE, log_and_pass)
    return depot.listen(made)


def west():
    depot = Depot(7003, only_known)
    made = depot.context()
    made.set_verify(MODE, only_known)
    return depot.listen(made)
