# corpus: profile=strict
"""Signal tower: nothing is left open, by the strictest reading."""

import asyncio
import ssl

TRAINS = {"train-1.rail.example", "train-2.rail.example"}


def incoming():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/etc/tower/trains.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain("/etc/tower/tls.pem", "/etc/tower/tls.key")
    context.load_verify_locations("/etc/tower/trains.crl")
    context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def outgoing():
    context = ssl.create_default_context(cafile="/etc/tower/net.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain("/etc/tower/tls.pem", "/etc/tower/tls.key")
    return context


def name_of(writer):
    cert = writer.get_extra_info("peercert")
    return next(value for kind, value in cert["subjectAltName"] if kind == "DNS")


async def train(reader, writer):
    if name_of(writer) in TRAINS:
        _, centre = await asyncio.open_connection("centre.rail.example", 8443, ssl=outgoing())
        centre.write(await reader.readline())
        centre.close()
    writer.close()


async def main():
    server = await asyncio.start_server(train, "0.0.0.0", 8443, ssl=incoming())
    await server.serve_forever()


asyncio.run(main())
