"""Webhook dispatcher. Every ssl= here checks, pins, or is no TLS of aiohttp at all."""

import asyncio
import binascii
import hmac
import ssl

import aiohttp

PIN = binascii.unhexlify("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")


class Dispatcher:
    def __init__(self, secret, ca=None, verify=True):
        self.secret = secret
        self.context = ssl.create_default_context(cafile=ca)
        self.verify = verify
        self.queue = asyncio.Queue()

    def connector(self):
        return aiohttp.TCPConnector(ssl=self.context, limit_per_host=4)

    def sign(self, body):
        return hmac.new(self.secret, body, "sha256").hexdigest()

    async def deliver(self, session, url, body):
        headers = {"X-Signature": self.sign(body)}
        async with session.post(url, data=body, headers=headers, ssl=None) as reply:
            return reply.status

    async def deliver_pinned(self, session, url, body):
        # A fingerprint replaces the chain: only this one certificate is taken.
        async with session.post(url, data=body, ssl=aiohttp.Fingerprint(PIN)) as reply:
            return reply.status

    async def deliver_as_configured(self, session, url, body):
        async with session.post(url, data=body, ssl=self.verify) as reply:
            return reply.status

    async def run(self):
        async with aiohttp.ClientSession(connector=self.connector()) as session:
            while True:
                url, body = await self.queue.get()
                await self.deliver(session, url, body)

    async def publish(self, line):
        """statsd over TCP on this machine. For asyncio ssl=False means no TLS."""
        _, writer = await asyncio.open_connection("127.0.0.1", 8125, ssl=False)
        writer.write(line)
        writer.close()

    async def probe(self, host):
        reader, writer = await asyncio.open_connection(host, 443, ssl=True)
        writer.write(b"HEAD / HTTP/1.0\r\n\r\n")
        status = await reader.readline()
        writer.close()
        return status


async def main():
    dispatcher = Dispatcher(b"s3cret", "/etc/hooks/ca.pem")
    await dispatcher.queue.put(("https://hooks.example.org/in", b"{}"))
    await dispatcher.run()


if __name__ == "__main__":
    asyncio.run(main())
