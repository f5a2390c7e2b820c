"""Servers that check their clients against the whole world."""

import asyncio
import ssl

import certifi
import uvicorn


def by_certifi():
    context = ssl.create_default_context(
        ssl.Purpose.CLIENT_AUTH,
        cafile=certifi.where(),  # expect: MTLS106
    )
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain("tls.pem")
    return context


def by_paths():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("tls.pem")
    context.set_default_verify_paths()  # expect: MTLS106
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def by_argument():
    uvicorn.run(
        "app:app",
        host="0.0.0.0",
        port=8443,
        ssl_certfile="tls.pem",
        ssl_keyfile="tls.key",
        ssl_ca_certs="/etc/ssl/certs/ca-certificates.crt",  # expect: MTLS106
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )


def outward():
    """The other direction may trust the world."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    return context


async def main():
    await asyncio.start_server(print, "0.0.0.0", 9001, ssl=by_certifi())
    await asyncio.start_server(print, "0.0.0.0", 9002, ssl=by_paths())
    await asyncio.open_connection("example.com", 443, ssl=outward())
