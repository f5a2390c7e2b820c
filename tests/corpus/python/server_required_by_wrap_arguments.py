"""Python 3.6 on the lock's computer: ssl.wrap_socket on a server, in three moods."""

import socket
import ssl

FILES = {"certfile": "lock.pem", "keyfile": "lock.key"}


def required():
    listener = socket.socket()
    listener.bind(("0.0.0.0", 7001))
    listener.listen(1)
    return ssl.wrap_socket(
        listener,
        server_side=True,
        ca_certs="keys.pem",
        cert_reqs=ssl.CERT_REQUIRED,
        ssl_version=ssl.PROTOCOL_TLSv1_2,
        **FILES,
    )


def optional():
    listener = socket.socket()
    listener.bind(("0.0.0.0", 7002))
    listener.listen(1)
    return ssl.wrap_socket(
        listener,
        server_side=True,
        ca_certs="keys.pem",
        cert_reqs=ssl.CERT_OPTIONAL,  # expect: MTLS101
        ssl_version=ssl.PROTOCOL_TLSv1_2,
        **FILES,
    )


def forgotten():
    listener = socket.socket()
    listener.bind(("0.0.0.0", 7003))
    listener.listen(1)
    return ssl.wrap_socket(
        listener,
        server_side=True,
        ca_certs="keys.pem",  # expect: MTLS104
        ssl_version=ssl.PROTOCOL_TLSv1_2,
        **FILES,
    )
