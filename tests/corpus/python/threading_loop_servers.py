"""Scales: loop.create_server and loop.create_connection, in a class, in a thread."""

import asyncio
import ssl
import threading


class Scale(asyncio.Protocol):
    def connection_made(self, transport):
        transport.write(b"0.0\n")


class Service(threading.Thread):
    def __init__(self, ca):
        super().__init__(daemon=True)
        self.loop = asyncio.new_event_loop()
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ca)
        self.context.load_cert_chain("scale.pem")
        self.context.verify_mode = ssl.CERT_REQUIRED

    async def listen(self):
        await self.loop.create_server(Scale, "0.0.0.0", 4001, ssl=self.context)
        await self.loop.create_server(Scale, "127.0.0.1", 4002)
        await self.loop.create_server(Scale, "0.0.0.0", 4003)  # expect: MTLS105 MTLS302

    async def report(self):
        context = ssl.create_default_context()
        context.check_hostname = False  # expect: MTLS402
        await self.loop.create_connection(Scale, "office.example.net", 4004, ssl=context)

    def run(self):
        self.loop.run_until_complete(self.listen())
        self.loop.run_forever()
