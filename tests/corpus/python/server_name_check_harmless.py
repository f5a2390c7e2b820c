"""Servers that write down what is their default, and a client's words on a server."""

import asyncio
import ssl


def required():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.load_cert_chain("gate.pem")
    context.load_verify_locations("badges.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def from_client_protocol():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="badges.pem")
    context.load_cert_chain("gate.pem")
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.verify_mode = ssl.CERT_REQUIRED
    context.post_handshake_auth = False
    return context


async def main():
    await asyncio.start_server(print, "0.0.0.0", 8001, ssl=required())
    await asyncio.start_server(print, "0.0.0.0", 8002, ssl=from_client_protocol())


asyncio.run(main())
