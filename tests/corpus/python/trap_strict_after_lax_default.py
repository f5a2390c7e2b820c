"""Contexts that begin lax and end strict: what counts is the last word."""

import socket
import ssl


class Upstream:
    verify_mode = ssl.CERT_NONE

    def __init__(self, ca):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self._arm(ca)

    def _arm(self, ca):
        self.context.load_verify_locations(ca)
        self.context.verify_mode = ssl.CERT_REQUIRED
        self.context.check_hostname = True


def server_context(ca):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain("tls.pem")
    context.verify_mode = ssl.CERT_OPTIONAL
    context.load_verify_locations(ca)
    if context.verify_mode != ssl.CERT_REQUIRED:
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def serve(ca):
    listener = socket.create_server(("0.0.0.0", 6001))
    door = server_context(ca).wrap_socket(listener, server_side=True)
    upstream = Upstream(ca)
    while True:
        client, _ = door.accept()
        raw = socket.create_connection(("core.example.net", 6002))
        with upstream.context.wrap_socket(raw, server_hostname="core.example.net") as core:
            core.sendall(client.recv(4096))
        client.close()
