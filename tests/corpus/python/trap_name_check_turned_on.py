"""check_hostname = True on a bare context also switches the chain on."""

import socket
import ssl


def by_name_alone(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = True
    context.load_verify_locations(ca)
    return context


def written_twice(ca):
    context = ssl.create_default_context(cafile=ca)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    # The lab is over: on again, name first, which brings the chain with it.
    context.check_hostname = True
    return context


def both(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.load_verify_locations(ca)
    return context


def dial(host, make):
    raw = socket.create_connection((host, 8883))
    return make("ca.pem").wrap_socket(raw, server_hostname=host)


def main():
    for make in (by_name_alone, written_twice, both):
        dial("meter.example.net", make).close()
