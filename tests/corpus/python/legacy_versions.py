"""Gateway to card terminals of four decades."""

import logging
import select
import socket
import ssl
from dataclasses import dataclass

log = logging.getLogger("terminals")


@dataclass
class Files:
    cert: str
    key: str
    ca: str


def _finish(context, files):
    context.load_cert_chain(files.cert, files.key)
    context.load_verify_locations(files.ca)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def generation_1(files):
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1)  # expect: MTLS202
    context.set_ciphers("AES128-SHA:AES256-SHA:@SECLEVEL=0")
    return _finish(context, files)


def generation_2(files):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1  # expect: MTLS202
    return _finish(context, files)


def generation_3(files):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED  # expect: MTLS202
    return _finish(context, files)


def generation_4(files):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED
    return _finish(context, files)


def acquirer(ca, old_host):
    """The acquirer's test host speaks TLS 1.1 at best."""
    context = ssl.create_default_context(cafile=ca)
    if old_host:
        context.minimum_version = ssl.TLSVersion.TLSv1_1  # expect: MTLS202
    return context


def listen(makers, files):
    doors = {}
    for port, maker in makers.items():
        sock = socket.create_server(("0.0.0.0", port))
        doors[sock.fileno()] = maker(files).wrap_socket(sock, server_side=True)
    while True:
        ready, _, _ = select.select(doors.values(), [], [])
        for door in ready:
            terminal, address = door.accept()
            log.info("%s speaks %s", address[0], terminal.version())
            forward(terminal)


def forward(terminal):
    host = "host.acquirer.example"
    with socket.create_connection((host, 7443)) as raw:
        with acquirer("acquirer.pem", True).wrap_socket(raw, server_hostname=host) as tls:
            tls.sendall(terminal.recv(4096))
            terminal.sendall(tls.recv(4096))
    terminal.close()


if __name__ == "__main__":
    listen(
        {6001: generation_1, 6002: generation_2, 6003: generation_3, 6004: generation_4},
        Files("gateway.pem", "gateway.key", "terminals.pem"),
    )
