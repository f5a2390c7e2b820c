"""Relay for the gauges on Twisted: client certificates are required in both spellings."""

from OpenSSL import crypto
from twisted.internet import endpoints, protocol, reactor, ssl


class Gauge(protocol.Protocol):
    def connectionMade(self):
        self.peer = self.transport.getPeerCertificate()

    def dataReceived(self, data):
        self.factory.readings.append((self.peer.get_subject().CN, data))


def read(name):
    with open(f"/etc/relay/{name}", "rb") as file:
        return file.read()


def by_trust_root():
    own = ssl.PrivateCertificate.loadPEM(read("relay.pem"))
    return own.options(ssl.Certificate.loadPEM(read("gauges-ca.pem")))


def by_options():
    return ssl.CertificateOptions(
        privateKey=crypto.load_privatekey(crypto.FILETYPE_PEM, read("relay.key")),
        certificate=crypto.load_certificate(crypto.FILETYPE_PEM, read("relay.pem")),
        verify=True,
        caCerts=[crypto.load_certificate(crypto.FILETYPE_PEM, read("gauges-ca.pem"))],
    )


def main():
    factory = protocol.ServerFactory.forProtocol(Gauge)
    factory.readings = []
    endpoints.SSL4ServerEndpoint(reactor, 7601, by_trust_root()).listen(factory)
    reactor.listenSSL(7602, factory, by_options())
    reactor.run()
