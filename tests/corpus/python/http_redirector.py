"""Port 80 sends everybody to port 443; port 443 asks for a certificate."""

import ssl
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer

HOST = "ledger.example.com"


class Redirect(BaseHTTPRequestHandler):
    """Serves nothing."""

    def do_GET(self):
        self.send_response(HTTPStatus.PERMANENT_REDIRECT)
        self.send_header("Location", f"https://{HOST}{self.path}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET


class Ledger(BaseHTTPRequestHandler):
    entries: list[bytes] = []
    lock = threading.Lock()

    def do_GET(self):
        with self.lock:
            body = b"\n".join(self.entries)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        cert = self.connection.getpeercert()
        who = cert["subject"][-1][0][1]
        entry = self.rfile.read(int(self.headers["Content-Length"]))
        with self.lock:
            self.entries.append(who.encode() + b": " + entry)
        self.send_response(HTTPStatus.NO_CONTENT)
        self.end_headers()


def tls():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/etc/ledger/ca.pem")
    context.load_cert_chain("/etc/ledger/tls.pem", "/etc/ledger/tls.key")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def main():
    redirect = HTTPServer(("0.0.0.0", 80), Redirect)
    threading.Thread(target=redirect.serve_forever, daemon=True).start()
    ledger = ThreadingHTTPServer(("0.0.0.0", 443), Ledger)
    ledger.socket = tls().wrap_socket(ledger.socket, server_side=True)
    ledger.serve_forever()


if __name__ == "__main__":
    main()
