"""Old scanners: flags are taken away again, one and several at a time."""

import socket
import ssl


def one_by_one(ca):
    context = ssl.create_default_context(cafile=ca)
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED  # expect: MTLS202
    return context


def two_at_once(ca):
    context = ssl.create_default_context(cafile=ca)
    context.options &= ~(ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1)  # expect: MTLS202
    return context


def spelt_out(ca):
    context = ssl.create_default_context(cafile=ca)
    context.options = context.options & ~ssl.OP_NO_SSLv3  # expect: MTLS202
    return context


def scan(host, context):
    with socket.create_connection((host, 8090)) as raw:
        with context.wrap_socket(raw, server_hostname=host) as tls:
            return tls.recv(1 << 16)


def main():
    for make in (one_by_one, two_at_once, spelt_out):
        scan("scanner.example.net", make("scanners.pem"))
