"""Game lobby on twisted, whose own module is called ssl too."""

from twisted.internet import endpoints, protocol, reactor, ssl
from twisted.protocols.basic import LineReceiver
from twisted.python.filepath import FilePath


class Lobby(LineReceiver):
    delimiter = b"\n"

    def connectionMade(self):
        self.factory.players.add(self)

    def connectionLost(self, reason=protocol.connectionDone):
        self.factory.players.discard(self)

    def lineReceived(self, line):
        for player in self.factory.players:
            if player is not self:
                player.sendLine(line)


class LobbyFactory(protocol.Factory):
    protocol = Lobby

    def __init__(self):
        self.players = set()


def load():
    certificate = ssl.PrivateCertificate.loadPEM(FilePath("lobby.pem").getContent())
    authority = ssl.Certificate.loadPEM(FilePath("players-ca.pem").getContent())
    return certificate, authority


def tournament_options():
    certificate, authority = load()
    return ssl.CertificateOptions(
        privateKey=certificate.privateKey.original,
        certificate=certificate.original,
        trustRoot=ssl.trustRootFromCertificates([authority]),
        raiseMinimumTo=ssl.TLSVersion.TLSv1_2,
    )


def casual_options():
    certificate, authority = load()
    return ssl.CertificateOptions(
        privateKey=certificate.privateKey.original,
        certificate=certificate.original,
        verify=True,
        caCerts=[authority.original],
        requireCertificate=False,  # expect: MTLS101
        raiseMinimumTo=ssl.TLSVersion.TLSv1_2,
    )


def ranking():
    """As a client twisted's recommended call checks chain and name."""
    options = ssl.optionsForClientTLS("ranking.example.org")
    return endpoints.SSL4ClientEndpoint(reactor, "ranking.example.org", 443, options)


def main():
    factory = LobbyFactory()
    reactor.listenSSL(7443, factory, tournament_options())
    reactor.listenSSL(7444, factory, casual_options())
    endpoints.wrapClientTLS(ssl.optionsForClientTLS("ranking.example.org"), ranking())
    reactor.run()


if __name__ == "__main__":
    main()
