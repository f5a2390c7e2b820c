"""Alarm receivers on socketserver, each connection wrapped as it comes."""

import socketserver
import ssl


class Alarm(socketserver.StreamRequestHandler):
    def handle(self):
        print(self.request.getpeercert(), self.rfile.readline())


class TlsServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True

    def __init__(self, address, handler, context):
        self.context = context
        super().__init__(address, handler)

    def get_request(self):
        raw, address = super().get_request()
        return self.context.wrap_socket(raw, server_side=True), address


def required():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="panels.pem")
    context.load_cert_chain("receiver.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def optional():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="panels.pem")
    context.load_cert_chain("receiver.pem")
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    return context


def main():
    TlsServer(("0.0.0.0", 6601), Alarm, required()).serve_forever()


def main_optional():
    TlsServer(("0.0.0.0", 6602), Alarm, optional()).serve_forever()


def plain():
    with socketserver.TCPServer(("0.0.0.0", 6603), Alarm) as server:  # expect: MTLS302
        server.serve_forever()


def probe():
    socketserver.TCPServer(("127.0.0.1", 6604), Alarm).serve_forever()
