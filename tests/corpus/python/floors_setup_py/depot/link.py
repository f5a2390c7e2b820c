"""Line to the depot's scale."""

import socket
import ssl


def scale_context(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # expect: MTLS201
    context.load_verify_locations(ca)
    return context


def gate_context(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(ca)
    return context


def weigh(host, ca):
    with socket.create_connection((host, 4430)) as raw:
        with scale_context(ca).wrap_socket(raw, server_hostname=host) as tls:
            return float(tls.recv(32))


def lift(host, ca):
    with socket.create_connection((host, 4431)) as raw:
        with gate_context(ca).wrap_socket(raw, server_hostname=host) as tls:
            tls.sendall(b"UP")
