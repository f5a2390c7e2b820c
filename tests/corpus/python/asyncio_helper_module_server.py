"""Signal boxes: asyncio server whose context comes from a factory with an argument."""

import asyncio
import logging
import ssl
from dataclasses import dataclass

log = logging.getLogger("signals")


@dataclass
class Files:
    cert: str
    key: str
    ca: str


def make(files: Files, mode: ssl.VerifyMode = ssl.CERT_REQUIRED) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(files.cert, files.key)
    context.load_verify_locations(files.ca)
    context.verify_mode = mode
    return context


def strict(files: Files) -> ssl.SSLContext:
    return make(files)


def lenient(files: Files) -> ssl.SSLContext:
    context = make(files)
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    return context


def careless(files: Files) -> ssl.SSLContext:
    context = make(files)
    context.post_handshake_auth = True  # expect: MTLS101
    return context


async def handle(reader, writer):
    log.info("from %s", writer.get_extra_info("peercert"))
    writer.close()


async def main():
    files = Files("box.pem", "box.key", "boxes.pem")
    loop = asyncio.get_running_loop()
    await asyncio.start_server(handle, "0.0.0.0", 7001, ssl=strict(files))
    await asyncio.start_server(handle, "0.0.0.0", 7002, ssl=lenient(files))
    await loop.create_server(asyncio.Protocol, "0.0.0.0", 7003, ssl=careless(files))
