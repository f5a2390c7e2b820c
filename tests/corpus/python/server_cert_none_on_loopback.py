"""Sidecar: takes TLS from the application on this machine, nothing else."""

import asyncio
import http.server
import ssl
import threading

CERT = "/run/sidecar/local.pem"
KEY = "/run/sidecar/local.key"


def local_context():
    """A server that asks for nothing: CERT_NONE here says nothing about a peer's name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain(CERT, KEY)
    return context


def socket_context():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain(CERT, KEY)
    return context


class Status(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b'{"ready": true}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


def status_server():
    httpd = http.server.HTTPServer(("localhost", 8443), Status)
    httpd.socket = local_context().wrap_socket(httpd.socket, server_side=True)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    return httpd


async def pipe(reader, writer):
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()
    writer.close()


async def main():
    status_server()
    tcp = await asyncio.start_server(pipe, "127.0.0.1", 15001, ssl=local_context())
    six = await asyncio.start_server(pipe, "::1", 15001, ssl=local_context())
    unix = await asyncio.start_unix_server(pipe, "/run/sidecar/app.sock", ssl=socket_context())
    await asyncio.gather(tcp.serve_forever(), six.serve_forever(), unix.serve_forever())


if __name__ == "__main__":
    asyncio.run(main())
