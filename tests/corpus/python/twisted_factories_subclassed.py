"""Mail room on Twisted: context factories whose classes are the program's own."""

from OpenSSL import SSL
from twisted.application import internet
from twisted.internet import ssl
from twisted.internet.protocol import Factory
from twisted.web.client import Agent


class Fetching(ssl.ClientContextFactory):
    def getContext(self, hostname, port):
        return ssl.ClientContextFactory.getContext(self)


class Doors:
    """Gives its servers a context of its own."""

    def __init__(self, authority):
        self.authority = authority

    def getContext(self):
        context = SSL.Context(SSL.TLS_METHOD)
        context.set_min_proto_version(SSL.TLS1_2_VERSION)
        context.load_verify_locations(self.authority)
        context.set_verify(SSL.VERIFY_PEER, lambda *args: args[-1])  # expect: MTLS101
        return context


def fetch(reactor, url):
    agent = Agent(reactor, Fetching())  # expect: MTLS404
    return agent.request(b"GET", url)


def serve(application):
    internet.SSLServer(8443, Factory(), Doors("clerks.pem")).setServiceParent(application)
    internet.TCPServer(8080, Factory()).setServiceParent(application)  # expect: MTLS302
