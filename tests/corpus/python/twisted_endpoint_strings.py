"""Timetable server on Twisted: endpoints as strings."""

from twisted.internet import endpoints, reactor
from twisted.web.server import Site
from twisted.web.static import File


def main():
    site = Site(File("/srv/timetable"))
    endpoints.serverFromString(reactor, "tcp:8080:interface=0.0.0.0").listen(site)  # expect: MTLS302
    endpoints.serverFromString(reactor, "tcp:8081:interface=127.0.0.1").listen(site)
    endpoints.serverFromString(reactor, "unix:/run/timetable.sock").listen(site)
    reactor.run()


if __name__ == "__main__":
    main()
