"""Mail sink: plain first, TLS on the same connection afterwards."""

import asyncio
import ssl


def client_context():
    context = ssl.create_default_context()
    context.check_hostname = False  # expect: MTLS402
    return context


class Sink:
    async def upgrade(self, reader, writer):
        writer.write(b"STARTTLS\r\n")
        await reader.readline()
        await writer.start_tls(client_context(), server_hostname="mail.example.net")

    async def deliver(self, message):
        reader, writer = await asyncio.open_connection("mail.example.net", 25)
        await self.upgrade(reader, writer)
        writer.write(message)
        await writer.drain()
        writer.close()
