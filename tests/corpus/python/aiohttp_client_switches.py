"""Crawls the status pages of all cameras. In aiohttp ssl=False is TLS without checking."""

import asyncio
import logging
import ssl
from typing import AsyncIterator

import aiohttp

log = logging.getLogger("cameras")


class CameraError(Exception):
    pass


async def snapshot(session: aiohttp.ClientSession, host: str) -> bytes:
    async with session.get(f"https://{host}/snapshot.jpg", ssl=False) as reply:  # expect: MTLS401
        if reply.status != 200:
            raise CameraError(host, reply.status)
        return await reply.read()


async def settings(host: str) -> dict:
    connector = aiohttp.TCPConnector(limit=2, ssl=False)  # expect: MTLS401
    async with aiohttp.ClientSession(connector=connector) as session:
        # Too late: the connector has decided.
        async with session.get(f"https://{host}/settings.json", ssl=True) as reply:
            return await reply.json()


async def firmware(host: str, image: bytes) -> None:
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            verify_ssl=False,  # expect: MTLS401
        ),
        timeout=aiohttp.ClientTimeout(total=600),
    ) as session:
        await session.post(f"https://{host}/firmware", data=image)


async def events(session: aiohttp.ClientSession, host: str) -> AsyncIterator[str]:
    url = f"wss://{host}/events"
    async with session.ws_connect(url, ssl=False, heartbeat=30) as socket:  # expect: MTLS401
        async for message in socket:
            yield message.data


async def recorder(hosts: list[str]) -> None:
    context = ssl.create_default_context(cafile="recorder-ca.pem")
    async with aiohttp.ClientSession() as session:
        for host in hosts:
            image = await snapshot(session, host)
            async with session.put(
                f"https://recorder.example.net/{host}.jpg", data=image, ssl=context
            ) as reply:
                log.info("%s: %d bytes, %d", host, len(image), reply.status)


if __name__ == "__main__":
    asyncio.run(recorder(["cam-1.local", "cam-2.local"]))
