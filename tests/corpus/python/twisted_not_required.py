"""Bell tower on Twisted; ringers without a certificate are let in as well."""

from twisted.internet import protocol, reactor, ssl

READ = "/etc/bells"


class Bell(protocol.Protocol):
    def dataReceived(self, data):
        print(data, self.transport.getPeerCertificate())


def options(key, cert, ca):
    return ssl.CertificateOptions(
        privateKey=key,
        certificate=cert,
        trustRoot=ca,
        requireCertificate=False,  # expect: MTLS101
    )


def never(key, cert):
    return ssl.CertificateOptions(privateKey=key, certificate=cert)  # expect: MTLS103


def main(key, cert, ca):
    factory = protocol.ServerFactory.forProtocol(Bell)
    reactor.listenSSL(7001, factory, options(key, cert, ca))
    reactor.listenSSL(7002, factory, never(key, cert))
    reactor.run()
