"""Listens to the venues' order books."""

import asyncio
import json
import pathlib
import ssl

import websockets

PRIMARY = "wss://books.example.com/v1"


def lab_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return context


def address_context():
    context = ssl.create_default_context(cafile=pathlib.Path(__file__).with_name("venue.pem"))
    context.check_hostname = False  # expect: MTLS402
    return context


async def primary(queue):
    # wss checks by default.
    async with websockets.connect(PRIMARY, ping_interval=20) as socket:
        async for message in socket:
            await queue.put(json.loads(message))


async def lab(queue):
    async with websockets.connect("wss://lab.example.net/v1", ssl=lab_context()) as socket:
        await queue.put(json.loads(await socket.recv()))


async def secondary(queue):
    async for socket in websockets.connect("wss://10.7.0.4/v1", ssl=address_context()):
        await queue.put(json.loads(await socket.recv()))


async def local(queue):
    async with websockets.connect("ws://127.0.0.1:9001") as socket:
        await queue.put(await socket.recv())


async def main():
    queue = asyncio.Queue()
    await asyncio.gather(primary(queue), secondary(queue), lab(queue), local(queue))


if __name__ == "__main__":
    asyncio.run(main())
