"""The studio's side."""

import asyncio
import ssl

from . import tls
from .tls import client as client_context


async def pull(host):
    context = client_context("studios.pem")
    context.check_hostname = False  # expect: MTLS402
    reader, _ = await asyncio.open_connection(host, 7000, ssl=context)
    return await reader.read()


async def pull_lab(host):
    reader, _ = await asyncio.open_connection(host, 7000, ssl=tls.client(insecure=True))
    return await reader.read()


async def serve(handle):
    context = tls.server("studio.pem", "studio.key", "studios.pem")
    await asyncio.start_server(handle, "0.0.0.0", 7000, ssl=context)
    guests = tls.server("studio.pem", "studio.key", "guests.pem")
    guests.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    await asyncio.start_server(handle, "0.0.0.0", 7001, ssl=guests)
