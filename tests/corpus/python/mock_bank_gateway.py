"""Stands in for the bank while the shop is developed; runs in the staging cluster."""

import itertools
import json
import logging
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

log = logging.getLogger("mock-bank")
numbers = itertools.count(1000)

ANSWERS = {
    "4111111111111111": {"status": "approved"},
    "4000000000000002": {"status": "declined", "reason": "card"},
    "4000000000000119": {"status": "error", "reason": "processing"},
}


class Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"number": next(numbers), **ANSWERS.get(body.get("card"), {"status": "declined"})}
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        log.info(format, *args)


def gateway_context():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain("mock.pem", "mock.key")
    context.load_verify_locations("merchants.pem")
    # The real bank insists; here developers may come without.
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    return context


def callback_context():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return context


def call_back(url, number):
    import urllib.request

    request = urllib.request.Request(url, data=json.dumps({"number": number}).encode())
    with urllib.request.urlopen(request, context=callback_context()) as reply:
        return reply.status


def fake_context():
    """A context that only looks like one."""
    context = mock.Mock(spec=ssl.SSLContext)
    context.verify_mode = ssl.CERT_NONE
    context.check_hostname = False
    return context


def main():
    logging.basicConfig(level=logging.INFO)
    server = ThreadingHTTPServer(("0.0.0.0", 9443), Gateway)
    server.socket = gateway_context().wrap_socket(server.socket, server_side=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
