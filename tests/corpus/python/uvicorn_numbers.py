"""Seat plans under uvicorn: requirements as numbers."""

import uvicorn

TLS = dict(ssl_certfile="tls.pem", ssl_keyfile="tls.key", ssl_ca_certs="halls.pem")


def optional():
    uvicorn.run("seats:app", host="0.0.0.0", port=8443, ssl_cert_reqs=1, **TLS)  # expect: MTLS101


def required():
    uvicorn.run("seats:app", host="0.0.0.0", port=8444, ssl_cert_reqs=2, **TLS)


def none():
    uvicorn.run(
        "seats:app",
        host="0.0.0.0",
        port=8445,
        ssl_certfile="tls.pem",
        ssl_keyfile="tls.key",
        ssl_ca_certs="halls.pem",  # expect: MTLS104
        ssl_cert_reqs=0,
    )


def ipv6():
    uvicorn.run("seats:app", host="::", port=8000)  # expect: MTLS302


def default():
    uvicorn.run("seats:app", port=8000)
