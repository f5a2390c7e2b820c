"""Mirror agent on Twisted: three ways to make a client context, one of which checks."""

from twisted.internet import defer, endpoints, protocol, reactor, ssl


class Mirror(protocol.Protocol):
    def connectionMade(self):
        self.transport.write(b"LIST\r\n")

    def dataReceived(self, data):
        self.factory.listing.append(data)


class MirrorFactory(protocol.ClientFactory):
    protocol = Mirror

    def __init__(self):
        self.listing = []
        self.done = defer.Deferred()

    def clientConnectionLost(self, connector, reason):
        self.done.callback(b"".join(self.listing))


def unchecked(host):
    factory = MirrorFactory()
    reactor.connectSSL(host, 7443, factory, ssl.ClientContextFactory())  # expect: MTLS404
    return factory.done


def options_without_roots(host):
    factory = MirrorFactory()
    reactor.connectSSL(host, 7443, factory, ssl.CertificateOptions())  # expect: MTLS404
    return factory.done


def checked(host):
    factory = MirrorFactory()
    options = ssl.optionsForClientTLS(host)
    reactor.connectSSL(host, 7443, factory, options)
    return factory.done


def checked_endpoint(host):
    options = ssl.optionsForClientTLS(hostname=host)
    endpoint = endpoints.SSL4ClientEndpoint(reactor, host, 7443, options, timeout=5)
    return endpoint.connect(MirrorFactory())
