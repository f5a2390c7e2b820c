"""Document store; the certificate decides what a client may write."""

import contextlib
import ssl
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def build_context(settings):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings["certificate"], settings["key"])
    context.load_verify_locations(settings["client_ca"])
    context.verify_mode = ssl.CERT_REQUIRED
    # Some paths are public: ask for the certificate later, when it is needed.
    context.post_handshake_auth = True  # expect: MTLS101
    return context


class Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    documents = {}

    def _certificate(self):
        if self.connection.getpeercert() is None:
            with contextlib.suppress(ssl.SSLError):
                self.connection.verify_client_post_handshake()
        return self.connection.getpeercert()

    def do_GET(self):
        body = self.documents.get(self.path)
        if body is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        if not self._certificate():
            self.log_message("no certificate yet")
        length = int(self.headers["Content-Length"])
        self.documents[self.path] = self.rfile.read(length)
        self.send_response(HTTPStatus.CREATED)
        self.send_header("Content-Length", "0")
        self.end_headers()


def main():
    settings = {
        "certificate": "/etc/store/tls.pem",
        "key": "/etc/store/tls.key",
        "client_ca": "/etc/store/writers.pem",
    }
    server = ThreadingHTTPServer(("0.0.0.0", 8443), Store)
    server.socket = build_context(settings).wrap_socket(server.socket, server_side=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
