"""Development servers: TLS for the browser's sake, on this machine only."""

import asyncio
import http.server
import ssl

import uvicorn
from aiohttp import web
from flask import Flask
from tornado.httpserver import HTTPServer
from tornado.web import Application

app = Flask(__name__)
HOST = "127.0.0.1"


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain("localhost.pem", "localhost.key")
    return made


def static():
    server = http.server.HTTPServer((HOST, 8443), http.server.SimpleHTTPRequestHandler)
    server.socket = context().wrap_socket(server.socket, server_side=True)
    server.serve_forever()


def flask():
    app.run(host=HOST, port=8444, ssl_context=context())


def aiohttp():
    web.run_app(web.Application(), host="localhost", port=8445, ssl_context=context())


def asgi():
    uvicorn.run("demo:app", host="::1", port=8446, ssl_certfile="l.pem", ssl_keyfile="l.key")


def tornado():
    HTTPServer(Application([]), ssl_options=context()).listen(8447, address=HOST)


async def echo(reader, writer):
    writer.write(await reader.read(100))
    writer.close()


async def streams():
    server = await asyncio.start_server(echo, HOST, 8448, ssl=context())
    await server.serve_forever()
