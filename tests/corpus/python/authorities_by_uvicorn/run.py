"""Meter readings under uvicorn: which CA file is named, and what is in it."""

import ssl

import requests
import uvicorn


def first():
    uvicorn.run(
        "meters:app",
        host="0.0.0.0",
        port=8443,
        ssl_certfile="/run/tls/tls.pem",
        ssl_keyfile="/run/tls/tls.key",
        ssl_ca_certs="pki/old.pem",  # expect: MTLS604
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )


def second():
    uvicorn.run(
        "meters:app",
        host="0.0.0.0",
        port=8444,
        ssl_certfile="/run/tls/tls.pem",
        ssl_keyfile="/run/tls/tls.key",
        ssl_ca_certs="pki/new.pem",
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )


def ask(url):
    session = requests.Session()
    session.verify = "pki/old.pem"  # expect: MTLS604
    return session.get(url)
