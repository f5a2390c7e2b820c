"""Contexts that are wrong in a way that lets nobody in: broken, and not open."""

import asyncio
import ssl


def required_without_ca():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("tls.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def floor_above_ceiling():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="clients.pem")
    context.load_cert_chain("tls.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


def name_check_on_a_server():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="clients.pem")
    context.load_cert_chain("tls.pem")
    context.check_hostname = True
    return context


async def main():
    for port, make in enumerate((required_without_ca, floor_above_ceiling), 8001):
        await asyncio.start_server(print, "0.0.0.0", port, ssl=make())
    await asyncio.start_server(print, "0.0.0.0", 8003, ssl=name_check_on_a_server())


asyncio.run(main())
