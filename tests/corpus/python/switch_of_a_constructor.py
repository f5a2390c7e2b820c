"""Watches devices: what an object was made with decides in a method whether they are checked."""

import asyncio
import ssl

import websockets


class Watch:
    def __init__(self, url, insecure=False, retry=True):
        self.url = url
        self.insecure = insecure
        self.retry = retry

    async def __aenter__(self):
        context = ssl.create_default_context()
        if self.insecure:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
        self.socket = await websockets.connect(self.url, ssl=context)
        return self.socket

    async def __aexit__(self, *error):
        await self.socket.close()


class Reader:
    def __init__(self, host, check=True):
        self.host = host
        self.check = check

    def context(self):
        context = ssl.create_default_context()
        if not self.check:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
        return context

    async def read(self):
        return await asyncio.open_connection(self.host, 8883, ssl=self.context())


async def main():
    async with Watch("wss://devices.example.net/") as socket:
        print(await socket.recv())
    print(await Reader("devices.example.net").read())


asyncio.run(main())
