"""One factory for all contexts of the agent."""

import ssl

import certifi


class ContextFactory:
    def __init__(self, cert, key):
        self.cert = cert
        self.key = key

    def _server(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # expect: MTLS201
        context.load_cert_chain(self.cert, self.key)
        return context

    def for_operators(self, ca):
        context = self._server()
        context.load_verify_locations(ca)
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    def for_partners(self):
        context = self._server()
        context.load_verify_locations(certifi.where())  # expect: MTLS106
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    def for_neighbours(self, ca):
        context = self._server()
        context.load_verify_locations(ca)  # expect: MTLS104
        return context

    def upstream(self, ca=None):
        context = ssl.create_default_context(cafile=ca or certifi.where())
        context.load_cert_chain(self.cert, self.key)
        return context
