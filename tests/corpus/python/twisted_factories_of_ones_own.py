"""Mailbox on Twisted: factories that decide in their own methods, and ones that don't."""

from OpenSSL import SSL
from twisted.internet import reactor, ssl
from twisted.internet.protocol import Factory


def accept_checked(connection, certificate, error, depth, ok):
    return ok


class Outgoing(ssl.ClientContextFactory):
    def getContext(self):
        context = SSL.Context(SSL.TLS_CLIENT_METHOD)  # expect: MTLS201
        context.set_verify(SSL.VERIFY_PEER, accept_checked)
        context.load_verify_locations("relays.pem")
        return context


class Door(ssl.DefaultOpenSSLContextFactory):
    def cacheContext(self):
        super().cacheContext()
        flags = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT
        self._context.set_verify(flags, accept_checked)


def forward(host):
    reactor.connectSSL(host, 4650, Factory(), Outgoing())


def open_door():
    reactor.listenSSL(4651, Factory(), Door("mailbox.key", "mailbox.pem"))


def open_gate():
    gate = ssl.DefaultOpenSSLContextFactory("mailbox.key", "mailbox.pem")
    context = gate.getContext()
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, accept_checked)
    context.load_verify_locations("senders.pem")
    reactor.listenSSL(4652, Factory(), gate)


def open_window():
    window = ssl.DefaultOpenSSLContextFactory("mailbox.key", "mailbox.pem")  # expect: MTLS103
    reactor.listenSSL(4653, Factory(), window)


def open_hatch():
    hatch = ssl.DefaultOpenSSLContextFactory("mailbox.key", "mailbox.pem")
    reactor.listenSSL(4654, Factory(), hatch, interface="127.0.0.1")
