"""Paste bin on Twisted web."""

from twisted.internet import endpoints, reactor, ssl
from twisted.web import resource, server


class Pastes(resource.Resource):
    isLeaf = True

    def __init__(self):
        super().__init__()
        self.pastes = []

    def render_POST(self, request):
        self.pastes.append(request.content.read())
        return b"%d\n" % len(self.pastes)

    def render_GET(self, request):
        return b"\n".join(self.pastes)


def main():
    site = server.Site(Pastes())
    # expect: MTLS103
    reactor.listenSSL(8443, site, ssl.DefaultOpenSSLContextFactory("paste.key", "paste.pem"))
    reactor.listenTCP(8080, site, interface="127.0.0.1")
    endpoints.serverFromString(reactor, "unix:/run/paste.sock").listen(site)
    reactor.run()


if __name__ == "__main__":
    main()
