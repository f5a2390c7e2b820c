"""Serves the handbook; the key lies in the repository, and the context finds it by pathlib."""

import asyncio
import ssl
from pathlib import Path

PKI = Path(__file__).parent / "pki"


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/etc/handbook/people.pem")
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_cert_chain(PKI / "dev.pem", PKI / "dev.key")  # expect: MTLS602
    return made


async def page(reader, writer):
    await reader.readline()
    writer.write(b"HTTP/1.0 200 OK\r\n\r\nHandbook\n")
    writer.close()


async def main():
    server = await asyncio.start_server(page, "0.0.0.0", 8443, ssl=context())
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
