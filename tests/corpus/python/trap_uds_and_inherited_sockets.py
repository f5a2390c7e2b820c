"""Everything this program serves stands on a unix socket or on one that systemd opened."""

import asyncio
import socket
import socketserver

import uvicorn
from aiohttp import web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_unix_socket
from tornado.web import Application


def asgi():
    uvicorn.run("board:app", uds="/run/board/http.sock")


def asgi_inherited():
    uvicorn.run("board:app", fd=3)


def aiohttp():
    web.run_app(web.Application(), path="/run/board/aiohttp.sock")


def tornado():
    server = HTTPServer(Application([]))
    server.add_socket(bind_unix_socket("/run/board/tornado.sock"))


async def control(reader, writer):
    writer.write(b"ok\n")
    writer.close()


async def streams():
    await asyncio.start_unix_server(control, path="/run/board/control.sock")


class Lines(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.readline())


def lines():
    socketserver.ThreadingUnixStreamServer("/run/board/lines.sock", Lines).serve_forever()


def pair():
    return socket.socketpair()
