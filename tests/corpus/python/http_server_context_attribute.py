"""Map tiles on http.server, socket replaced by hand."""

import functools
import http.server
import ssl
import threading

HANDLER = functools.partial(http.server.SimpleHTTPRequestHandler, directory="/srv/tiles")


class Tiles:
    def __init__(self, port, ca=None):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.context.load_cert_chain("tiles.pem")
        self.httpd = http.server.ThreadingHTTPServer(("0.0.0.0", port), HANDLER)
        self.httpd.socket = self.context.wrap_socket(self.httpd.socket, server_side=True)

    def require(self, ca):
        self.context.load_verify_locations(ca)
        self.context.verify_mode = ssl.CERT_REQUIRED

    def start(self):
        threading.Thread(target=self.httpd.serve_forever).start()


def main():
    tiles = Tiles(8443)
    tiles.require("walkers.pem")
    tiles.start()
