"""Clinic portal on hypercorn, the mode in one place and the files in another."""

import asyncio
import ssl

import hypercorn.asyncio
import hypercorn.config

from portal import app

FILES = {"certfile": "tls.pem", "keyfile": "tls.key", "ca_certs": "staff.pem"}


def staff():
    config = hypercorn.config.Config()
    config.bind = "0.0.0.0:8444"
    config.certfile = FILES["certfile"]
    config.keyfile = FILES["keyfile"]
    config.ca_certs = FILES["ca_certs"]
    config.verify_mode = ssl.CERT_REQUIRED
    return config


if __name__ == "__main__":
    asyncio.run(hypercorn.asyncio.serve(app, staff()))
