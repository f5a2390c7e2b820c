"""Streams logs over green threads; gevent's and eventlet's ssl are the standard library's."""

import json

from eventlet.green import ssl as eventlet_ssl
from gevent import monkey, pool, socket, ssl
from gevent.server import StreamServer

monkey.patch_all()

COLLECTOR = ("collector.example.net", 24224)


def collector_context(insecure):
    context = ssl.create_default_context(cafile="collector-ca.pem")
    if insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return context


def mirror_context():
    context = eventlet_ssl.SSLContext(eventlet_ssl.PROTOCOL_TLSv1)  # expect: MTLS202 MTLS402
    context.verify_mode = eventlet_ssl.CERT_REQUIRED
    context.load_verify_locations("mirror-ca.pem")
    return context


def agents_context():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="agents-ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain("relay.pem", "relay.key")
    return context


class Relay:
    def __init__(self, insecure=False):
        self.context = collector_context(insecure)
        self.upstream = None

    def connect(self):
        raw = socket.create_connection(COLLECTOR)
        self.upstream = self.context.wrap_socket(raw, server_hostname=COLLECTOR[0])

    def handle(self, connection, address):
        with connection.makefile("rb") as lines:
            for line in lines:
                record = json.loads(line)
                record["from"] = address[0]
                self.upstream.sendall(json.dumps(record).encode() + b"\n")

    def copy(self, line):
        raw = socket.create_connection(("mirror.example.net", 24224))
        with mirror_context().wrap_socket(raw, server_hostname="mirror.example.net") as mirror:
            mirror.sendall(line)


def main(argv):
    relay = Relay(insecure="--insecure" in argv)
    relay.connect()
    server = StreamServer(
        ("0.0.0.0", 24224),
        relay.handle,
        spawn=pool.Pool(500),
        ssl_context=agents_context(),
    )
    server.serve_forever()
