"""Clinic portal on hypercorn."""

import asyncio
import ssl

import hypercorn.asyncio
import hypercorn.config

from portal import app


def patients():
    config = hypercorn.config.Config.from_mapping(
        bind=["0.0.0.0:8443"],
        certfile="tls.pem",
        keyfile="tls.key",
        ca_certs="patients.pem",
        verify_mode=ssl.CERT_OPTIONAL,  # expect: MTLS101
    )
    return config


def staff():
    config = hypercorn.config.Config()
    config.bind = "0.0.0.0:8444"
    config.certfile = "tls.pem"
    config.keyfile = "tls.key"
    config.ca_certs = "staff.pem"
    config.verify_mode = ssl.CERT_REQUIRED
    return config


if __name__ == "__main__":
    asyncio.run(hypercorn.asyncio.serve(app, staff()))
