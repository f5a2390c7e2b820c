"""Charging points on Tornado."""

import ssl

import tornado.httpserver
import tornado.ioloop
import tornado.tcpserver
import tornado.web


class Point(tornado.web.RequestHandler):
    def get(self, number):
        cert = self.request.get_ssl_certificate()
        self.write({"point": number, "cert": bool(cert)})


class Meter(tornado.tcpserver.TCPServer):
    async def handle_stream(self, stream, address):
        await stream.write(b"0\n")


def application():
    return tornado.web.Application([(r"/points/(\d+)", Point)])


def by_dict():
    options = {
        "certfile": "/etc/points/tls.pem",
        "keyfile": "/etc/points/tls.key",
        "ca_certs": "/etc/points/points.pem",
    }
    options["cert_reqs"] = ssl.CERT_OPTIONAL  # expect: MTLS101
    server = tornado.httpserver.HTTPServer(application(), ssl_options=options)
    server.listen(8443)


def required():
    options = dict(
        certfile="/etc/points/tls.pem",
        keyfile="/etc/points/tls.key",
        ca_certs="/etc/points/points.pem",
        cert_reqs=2,
    )
    tornado.httpserver.HTTPServer(application(), ssl_options=options).listen(8444)


def by_context():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)  # expect: MTLS103
    context.load_cert_chain("/etc/points/tls.pem", "/etc/points/tls.key")
    tornado.httpserver.HTTPServer(application(), ssl_options=context).listen(8445)


def plain():
    application().listen(8080, address="0.0.0.0")  # expect: MTLS302


def local():
    application().listen(8081, address="127.0.0.1")


def main():
    by_dict()
    tornado.ioloop.IOLoop.current().start()
