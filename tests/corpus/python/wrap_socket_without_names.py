"""Pager gateway of Python 2.7: the old call checks the chain and never the name."""

import socket
import ssl


def page(host, text):
    sock = ssl.wrap_socket(  # expect: MTLS402
        socket.create_connection((host, 5223)),
        ca_certs="/etc/pager/ca.pem",
        cert_reqs=ssl.CERT_REQUIRED,
        ssl_version=ssl.PROTOCOL_TLSv1_2,
    )
    sock.sendall(text)
    return sock.recv(1)


def page_checked(host, text):
    sock = ssl.wrap_socket(
        socket.create_connection((host, 5223)),
        ca_certs="/etc/pager/ca.pem",
        cert_reqs=ssl.CERT_REQUIRED,
        ssl_version=ssl.PROTOCOL_TLSv1_2,
    )
    ssl.match_hostname(sock.getpeercert(), host)
    sock.sendall(text)


def page_old(host):
    return ssl.wrap_socket(socket.create_connection((host, 5223)))  # expect: MTLS201, MTLS404
