"""Control ports: operators, partners, neighbours."""

import json
import logging
import socketserver
import ssl
import threading

log = logging.getLogger(__name__)


class Control(socketserver.StreamRequestHandler):
    """One JSON order per line."""

    def handle(self):
        for line in self.rfile:
            order = json.loads(line)
            log.info("%s: %s", self.client_address[0], order.get("op"))
            self.wfile.write(b'{"ok": true}\n')


class Offers(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(json.dumps({"cpu": 4, "memory": 2048}).encode() + b"\n")


class Greetings(socketserver.StreamRequestHandler):
    def handle(self):
        log.info("neighbour %s says %r", self.client_address[0], self.rfile.readline())


class TLSServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address, handler, context):
        super().__init__(address, handler)
        self.context = context

    def get_request(self):
        sock, address = super().get_request()
        return self.context.wrap_socket(sock, server_side=True), address

    def handle_error(self, request, client_address):
        log.debug("%s", client_address, exc_info=True)


def start(factory):
    servers = [
        TLSServer(("0.0.0.0", 6100), Control, factory.for_operators("/etc/agent/operators.pem")),
        TLSServer(("0.0.0.0", 6101), Offers, factory.for_partners()),
        TLSServer(("0.0.0.0", 6102), Greetings, factory.for_neighbours("/etc/agent/site.pem")),
    ]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    return servers


def is_tls(sock):
    return isinstance(sock, ssl.SSLSocket) and sock.context.verify_mode != ssl.CERT_NONE
