"""Speaks to the till rolls' drivers, each of which knows one version."""

import socket
import ssl

PROTOCOLS = {"old": ssl.PROTOCOL_TLSv1_1, "new": ssl.PROTOCOL_TLSv1_2}


def till(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_1)  # expect: MTLS202
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.load_verify_locations(ca)
    return context


def roll(ca):
    context = ssl.SSLContext(protocol=ssl.PROTOCOL_TLSv1)  # expect: MTLS202
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.load_verify_locations(ca)
    return context


def drawer(ca):
    context = ssl.create_default_context(cafile=ca)
    context.minimum_version = ssl.TLSVersion.SSLv3  # expect: MTLS202
    return context


def lamp(ca):
    context = ssl.create_default_context(cafile=ca)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.minimum_version = ssl.TLSVersion.TLSv1_1  # expect: MTLS202
    return context


def scanner(ca):
    context = ssl.SSLContext(PROTOCOLS["new"])
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.load_verify_locations(ca)
    return context


def send(host, make, data):
    with socket.create_connection((host, 9100)) as raw:
        with make("tills.pem").wrap_socket(raw, server_hostname=host) as tls:
            tls.sendall(data)


def all_of_them(data):
    for host, make in (("t", till), ("r", roll), ("d", drawer), ("l", lamp), ("s", scanner)):
        send(host, make, data)
