"""Reads meters; the purpose names the peer, and here it names the wrong one."""

import socket
import ssl


def read(host):
    # The CA is loaded, and nobody looks at it.
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="meters.pem")  # expect: MTLS404
    with socket.create_connection((host, 8443)) as raw:
        with context.wrap_socket(raw, server_hostname=host) as tls:
            return tls.recv(64)


def read_right(host):
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile="meters.pem")
    with socket.create_connection((host, 8443)) as raw:
        with context.wrap_socket(raw, server_hostname=host) as tls:
            return tls.recv(64)


def read_repaired(host):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="meters.pem")
    context.check_hostname = True
    with socket.create_connection((host, 8443)) as raw:
        with context.wrap_socket(raw, server_hostname=host) as tls:
            return tls.recv(64)
