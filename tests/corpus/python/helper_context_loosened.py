"""Job queue: strict towards workers, until the line after."""

from __future__ import annotations

import asyncio
import collections
import json
import ssl
from pathlib import Path


def strict_context(directory: Path) -> ssl.SSLContext:
    """Every client shows a certificate of our CA."""
    context = ssl.create_default_context(
        ssl.Purpose.CLIENT_AUTH, cafile=directory / "workers-ca.pem"
    )
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(directory / "queue.pem", directory / "queue.key")
    return context


def client_context(directory: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=directory / "workers-ca.pem")
    context.load_cert_chain(directory / "queue.pem", directory / "queue.key")
    return context


class Queue:
    def __init__(self) -> None:
        self.jobs: collections.deque[dict[str, str]] = collections.deque()

    async def push(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async for line in reader:
            self.jobs.append(json.loads(line))
        writer.close()

    async def pull(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readline():
            job = self.jobs.popleft() if self.jobs else {}
            writer.write(json.dumps(job).encode() + b"\n")
            await writer.drain()
        writer.close()


async def notify(host: str, directory: Path) -> None:
    context = client_context(directory)
    # The peers of the old cluster are called by address.
    context.check_hostname = False  # expect: MTLS402
    _, writer = await asyncio.open_connection(host, 7801, ssl=context)
    writer.write(b"wake\n")
    writer.close()


async def main(directory: Path = Path("/etc/queue/tls")) -> None:
    queue = Queue()
    pushing = strict_context(directory)
    pulling = strict_context(directory)
    pulling.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    a = await asyncio.start_server(queue.push, "0.0.0.0", 7800, ssl=pushing)
    b = await asyncio.start_server(queue.pull, "0.0.0.0", 7801, ssl=pulling)
    await notify("10.40.0.9", directory)
    await asyncio.gather(a.serve_forever(), b.serve_forever())


if __name__ == "__main__":
    asyncio.run(main())
