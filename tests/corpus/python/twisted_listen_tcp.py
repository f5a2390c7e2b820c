"""Chess server on Twisted."""

from twisted.internet import protocol, reactor


class Chess(protocol.Protocol):
    def dataReceived(self, data):
        self.transport.write(data)


if __name__ == "__main__":
    factory = protocol.ServerFactory.forProtocol(Chess)
    reactor.listenTCP(5000, factory)  # expect: MTLS302
    reactor.listenTCP(5001, factory, interface="127.0.0.1")
    reactor.run()
