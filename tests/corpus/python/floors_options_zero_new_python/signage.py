"""Screens in the hall. `options = 0` drops flags, and the minimum of this Python stays."""

import socket
import ssl


def screen_context(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.options = 0
    context.load_verify_locations(ca)
    return context


def playlist_context(ca):
    context = ssl.create_default_context(cafile=ca)
    context.options = ssl.OP_NO_COMPRESSION
    return context


def hall_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("hall.pem", "hall.key")
    context.load_verify_locations("screens.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.num_tickets = 0
    return context


def show(host, slide):
    with socket.create_connection((host, 9443)) as raw:
        with screen_context("ca.pem").wrap_socket(raw, server_hostname=host) as tls:
            tls.sendall(slide)


def playlist(host):
    with socket.create_connection((host, 443)) as raw:
        return playlist_context("ca.pem").wrap_socket(raw, server_hostname=host).recv(1 << 16)


def hall():
    with socket.create_server(("0.0.0.0", 9444)) as listener:
        with hall_context().wrap_socket(listener, server_side=True) as door:
            door.accept()
