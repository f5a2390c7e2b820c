"""Starts the order service: one port per kind of caller."""

import asyncio
import ssl
import sys

import uvicorn

from orders.api import admin_app, app


def shops() -> None:
    uvicorn.run(
        app,
        host="0.0.0.0",
        port=8443,
        ssl_certfile="/tls/tls.crt",
        ssl_keyfile="/tls/tls.key",
        ssl_ca_certs="/tls/ca.crt",  # expect: MTLS104
    )


def stock() -> None:
    uvicorn.run(
        "orders.api:app",
        host="0.0.0.0",
        port=8444,
        ssl_certfile="/tls/tls.crt",
        ssl_keyfile="/tls/tls.key",
        ssl_ca_certs="/tls/ca.crt",
        ssl_cert_reqs=ssl.CERT_OPTIONAL,  # expect: MTLS101
    )


def billing() -> None:
    uvicorn.run(  # expect: MTLS103
        app,
        host="0.0.0.0",
        port=8445,
        ssl_certfile="/tls/tls.crt",
        ssl_keyfile="/tls/tls.key",
    )


async def audit() -> None:
    config = uvicorn.Config(
        app,
        host="0.0.0.0",
        port=8446,
        ssl_certfile="/tls/tls.crt",
        ssl_keyfile="/tls/tls.key",
        ssl_ca_certs="/tls/ca.crt",
        ssl_cert_reqs=1,  # expect: MTLS101
    )
    await uvicorn.Server(config).serve()


async def admin() -> None:
    config = uvicorn.Config(
        admin_app,
        host="0.0.0.0",
        port=8447,
        ssl_certfile="/tls/tls.crt",
        ssl_keyfile="/tls/tls.key",
        ssl_ca_certs="/tls/admins.crt",
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )
    await uvicorn.Server(config).serve()


def main() -> None:
    match sys.argv[1:]:
        case ["audit"]:
            asyncio.run(audit())
        case ["admin"]:
            asyncio.run(admin())
        case ["stock"]:
            stock()
        case ["billing"]:
            billing()
        case _:
            shops()


if __name__ == "__main__":
    main()
