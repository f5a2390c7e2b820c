"""Goods station on asyncio: a second door for guests, behind it the same handler."""

import asyncio
import ssl


def make(ca, mode):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ca)
    context.load_cert_chain("station.pem")
    context.verify_mode = mode
    return context


async def wagon(reader, writer):
    writer.write(await reader.readline())
    writer.close()


async def main():
    strict = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="rail.pem")
    strict.load_cert_chain("station.pem")
    strict.verify_mode = ssl.CERT_REQUIRED
    await asyncio.start_server(wagon, "0.0.0.0", 8443, ssl=strict)
    await asyncio.start_server(wagon, "0.0.0.0", 8080)  # expect: MTLS105 MTLS302


asyncio.run(main())
