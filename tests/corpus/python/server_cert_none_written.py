"""License server. The customer's firewall is said to do the rest."""

import json
import socketserver
import ssl
from datetime import date

LICENSES = {"ACME": date(2027, 1, 31), "INITECH": date(2026, 6, 30)}


class LicenseHandler(socketserver.StreamRequestHandler):
    timeout = 20

    def handle(self):
        for line in self.rfile:
            try:
                customer = json.loads(line)["customer"]
            except (ValueError, KeyError):
                self.wfile.write(b'{"error": "bad request"}\n')
                return
            until = LICENSES.get(customer)
            answer = {"customer": customer, "valid": bool(until and until >= date.today())}
            self.wfile.write(json.dumps(answer).encode() + b"\n")


class LicenseServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address, context):
        super().__init__(address, LicenseHandler)
        self._context = context

    def get_request(self):
        connection, address = super().get_request()
        return self._context.wrap_socket(connection, server_side=True), address


def make_context(chain, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # expect: MTLS103
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # On a server these two say nothing about a peer's name or chain.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain(certfile=chain, keyfile=key)
    return context


def main():
    context = make_context("license.pem", "license.key")
    with LicenseServer(("", 4443), context) as server:
        print("listening on", server.server_address)
        server.serve_forever()


if __name__ == "__main__":
    main()
