"""Telemetry hub: vehicles push, dashboards subscribe."""

import asyncio
import json
import ssl

import tornado.web
import tornado.websocket
from tornado.httpserver import HTTPServer

listeners = set()


class Push(tornado.web.RequestHandler):
    def post(self, vehicle):
        sample = json.loads(self.request.body)
        for listener in listeners:
            listener.write_message({"vehicle": vehicle, **sample})
        self.set_status(204)


class Subscribe(tornado.websocket.WebSocketHandler):
    def open(self):
        listeners.add(self)

    def on_close(self):
        listeners.discard(self)


class Count(tornado.web.RequestHandler):
    def get(self):
        self.write({"listeners": len(listeners)})


def make_app():
    return tornado.web.Application([(r"/push/(\w+)", Push), (r"/subscribe", Subscribe)])


def vehicles():
    server = HTTPServer(
        make_app(),
        ssl_options={
            "certfile": "/etc/hub/tls.pem",
            "keyfile": "/etc/hub/tls.key",
            "ca_certs": "/etc/hub/vehicles.pem",  # expect: MTLS104
        },
    )
    server.listen(8443)


def trailers():
    server = HTTPServer(
        make_app(),
        ssl_options={
            "certfile": "/etc/hub/tls.pem",
            "keyfile": "/etc/hub/tls.key",
            "ca_certs": "/etc/hub/trailers.pem",
            "cert_reqs": ssl.CERT_OPTIONAL,  # expect: MTLS101
        },
    )
    server.listen(8444)


def depots():
    server = HTTPServer(
        tornado.web.Application([(r"/count", Count)]),
        ssl_options={
            "certfile": "/etc/hub/tls.pem",
            "keyfile": "/etc/hub/tls.key",
            "ca_certs": "/etc/hub/depots.pem",
            "cert_reqs": ssl.CERT_REQUIRED,
        },
    )
    server.listen(8445)


async def main():
    vehicles()
    trailers()
    depots()
    status = tornado.web.Application([(r"/", tornado.web.RequestHandler)])
    status.listen(8081, address="127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
