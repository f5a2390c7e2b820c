"""Where post-handshake authentication opens nothing."""

import http.client
import json
import ssl
from http.server import BaseHTTPRequestHandler, HTTPServer


def client_context(ca, chain, key):
    """Some servers ask late (Apache with a per-directory SSLVerifyClient)."""
    context = ssl.create_default_context(cafile=ca)
    context.load_cert_chain(chain, key)
    context.post_handshake_auth = True
    return context


def legacy_server_context(ca, chain, key):
    """The card readers stop at TLS 1.2; there the certificate is due in the handshake."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ca)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    context.post_handshake_auth = True
    context.load_cert_chain(chain, key)
    return context


def strict_server_context(ca, chain, key):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ca)
    context.verify_mode = ssl.CERT_REQUIRED
    context.post_handshake_auth = False
    context.load_cert_chain(chain, key)
    return context


class Reader(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        event = json.loads(self.rfile.read(length))
        self.server.forward(event)
        self.send_response(204)
        self.end_headers()


class Gate(HTTPServer):
    def __init__(self, address, upstream, context):
        super().__init__(address, Reader)
        self.upstream = upstream
        self.upstream_context = context

    def forward(self, event):
        connection = http.client.HTTPSConnection(self.upstream, context=self.upstream_context)
        connection.request("POST", "/events", json.dumps(event))
        connection.getresponse().read()
        connection.close()


def main():
    outgoing = client_context("pki/site-ca.pem", "pki/gate.pem", "pki/gate.key")
    gate = Gate(("0.0.0.0", 9443), "events.example.net", outgoing)
    incoming = legacy_server_context("pki/readers.pem", "pki/gate.pem", "pki/gate.key")
    gate.socket = incoming.wrap_socket(gate.socket, server_side=True)
    gate.serve_forever()


if __name__ == "__main__":
    main()
