"""Three doors of the toll house: the context is written to after the socket was wrapped."""

import socket
import ssl


def _door(port):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("toll.pem")
    return context, context.wrap_socket(socket.create_server(("0.0.0.0", port)), server_side=True)


def strict():
    context, door = _door(1)
    context.load_verify_locations("carters.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return door


def loosened():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations("carters.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    door = context.wrap_socket(socket.create_server(("0.0.0.0", 2)), server_side=True)
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    return door


def perhaps(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # expect: MTLS103
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    door = context.wrap_socket(socket.create_server(("0.0.0.0", 2)), server_side=True)
    if ca:
        context.load_verify_locations(ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return door
