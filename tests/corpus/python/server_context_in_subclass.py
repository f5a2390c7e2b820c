"""Print queue: the base class makes the context, the subclass decides who may in."""

import http.server
import ssl


class TlsServer(http.server.ThreadingHTTPServer):
    cert = "/etc/queue/tls.pem"
    key = "/etc/queue/tls.key"
    clients = None

    def make_context(self):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/etc/queue/ca.pem")
        context.load_cert_chain(self.cert, self.key)
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    def server_bind(self):
        super().server_bind()
        self.socket = self.make_context().wrap_socket(self.socket, server_side=True)


class LaxServer(TlsServer):
    def make_context(self):
        context = super().make_context()
        context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
        return context


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        peer = self.connection.getpeercert() or {}
        body = repr(peer.get("subject")).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    TlsServer(("0.0.0.0", 8631), Handler).serve_forever()


def main_lax():
    LaxServer(("0.0.0.0", 8632), Handler).serve_forever()
