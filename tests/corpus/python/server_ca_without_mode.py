"""Artifact cache of the CI fleet, with three listeners that each forgot something."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from pathlib import Path

ROOT = Path("/var/lib/artifacts")
TLS = Path("/etc/artifacts/tls")


def upload_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(TLS / "cache.pem", TLS / "cache.key")
    context.load_verify_locations(cafile=TLS / "runners-ca.pem")  # expect: MTLS104
    return context


def download_context() -> ssl.SSLContext:
    context = ssl.create_default_context(
        ssl.Purpose.CLIENT_AUTH,
        cafile=str(TLS / "runners-ca.pem"),  # expect: MTLS104
    )
    context.load_cert_chain(TLS / "cache.pem", TLS / "cache.key")
    return context


def purge_context() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(TLS / "cache.pem", TLS / "cache.key")
    context.load_verify_locations(capath=str(TLS / "operators.d"))  # expect: MTLS104
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def sync_context() -> ssl.SSLContext:
    """The one that remembers."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=TLS / "peers-ca.pem")
    context.load_cert_chain(TLS / "cache.pem", TLS / "cache.key")
    context.verify_mode = ssl.VerifyMode.CERT_REQUIRED
    return context


async def store(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    digest = hashlib.sha256()
    chunks: list[bytes] = []
    while chunk := await reader.read(1 << 16):
        digest.update(chunk)
        chunks.append(chunk)
    (ROOT / digest.hexdigest()).write_bytes(b"".join(chunks))
    writer.close()


async def fetch(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    name = (await reader.readline()).decode("ascii", "replace").strip()
    path = ROOT / Path(name).name
    if path.is_file():
        writer.write(path.read_bytes())
        await writer.drain()
    writer.close()


async def sync(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    for path in sorted(ROOT.iterdir()):
        writer.write(path.name.encode() + b"\n")
    await writer.drain()
    writer.close()


async def main() -> None:
    servers = await asyncio.gather(
        asyncio.start_server(store, "0.0.0.0", 8440, ssl=upload_context()),
        asyncio.start_server(fetch, "0.0.0.0", 8441, ssl=download_context()),
        asyncio.start_server(fetch, "0.0.0.0", 8442, ssl=purge_context()),
        asyncio.start_server(sync, "0.0.0.0", 8443, ssl=sync_context()),
    )
    await asyncio.gather(*(server.serve_forever() for server in servers))


asyncio.run(main())
