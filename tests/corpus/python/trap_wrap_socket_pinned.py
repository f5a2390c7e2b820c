"""Pager gateway of Python 2.7 that compares names by hand, with a version of its own."""

import socket
import ssl


class Pager:
    def __init__(self, host):
        self.host = host
        self.version = ssl.PROTOCOL_TLSv1_2

    def connect(self):
        sock = ssl.wrap_socket(
            socket.create_connection((self.host, 5223)),
            ca_certs="/etc/pager/ca.pem",
            cert_reqs=ssl.CERT_REQUIRED,
            ssl_version=self.version,
        )
        self.check(sock.getpeercert())
        return sock

    def check(self, certificate):
        names = [value for kind, value in certificate["subjectAltName"] if kind == "DNS"]
        if self.host not in names:
            raise ssl.CertificateError(self.host)
