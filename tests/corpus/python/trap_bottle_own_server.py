"""Seed catalogue on bottle: TLS is in a server of its own, and the other ones stay here."""

import ssl
from wsgiref.simple_server import make_server

import bottle


class CheckingServer(bottle.ServerAdapter):
    def run(self, handler):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="growers.pem")
        context.load_cert_chain("catalogue.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        server = make_server(self.host, self.port, handler)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.serve_forever()


@bottle.get("/seeds")
def seeds():
    return {"seeds": ["rye", "oats"]}


def growers():
    bottle.run(host="0.0.0.0", port=8443, server=CheckingServer)


def by_gunicorn():
    bottle.run(
        host="0.0.0.0",
        port=8444,
        server="gunicorn",
        certfile="catalogue.pem",
        ca_certs="growers.pem",
        cert_reqs=ssl.CERT_REQUIRED,
    )


def at_the_desk():
    bottle.run(port=8080, debug=True)


def by_options(**options):
    bottle.run(host="0.0.0.0", **options)
