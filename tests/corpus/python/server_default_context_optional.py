"""Relay for meter readings: line based JSON over TLS."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from pathlib import Path

log = logging.getLogger("relay")

PKI = Path("/etc/relay/pki")


class Readings:
    """Counts what each meter has sent."""

    def __init__(self) -> None:
        self.by_meter: dict[str, int] = {}

    def add(self, meter: str, value: int) -> None:
        self.by_meter[meter] = self.by_meter.get(meter, 0) + value


def tls_context() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=PKI / "meters-ca.pem")
    context.load_cert_chain(PKI / "relay.pem", PKI / "relay.key")
    # Meters of the first generation have no certificate of their own.
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    return context


async def serve_meter(
    readings: Readings, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    peer = writer.get_extra_info("peername")
    cert = writer.get_extra_info("peercert")
    log.info("meter at %s, certificate: %s", peer, bool(cert))
    try:
        async for line in reader:
            message = json.loads(line)
            readings.add(message["meter"], int(message["value"]))
            writer.write(b"ok\n")
            await writer.drain()
    except (ValueError, KeyError) as error:
        log.warning("bad line from %s: %s", peer, error)
    finally:
        writer.close()


async def main() -> None:
    readings = Readings()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await serve_meter(readings, reader, writer)

    server = await asyncio.start_server(handle, "0.0.0.0", 8883, ssl=tls_context())
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    asyncio.run(main())
