"""Label service, saved in the middle of a change. What can be read is fine."""

import asyncio
import ssl


def labels_context(folder):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=f"{folder}/ca.pem")
    context.load_cert_chain(f"{folder}/tls.pem", f"{folder}/tls.key")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def printers_context(folder):
    context = ssl.create_default_context(cafile=f"{folder}/printers.pem")
    context.load_cert_chain(f"{folder}/tls.pem", f"{folder}/tls.key")
    return context


async def to_printer(host, label, folder):
    _, writer = await asyncio.open_connection(host, 9443, ssl=printers_context(folder))
    writer.write(label)
    await writer.drain()
    writer.close()


class Queue:
    def __init__(self, folder):
        self.folder = folder
        self.waiting = asyncio.Queue()

    async def accept(self, reader, writer):
        await self.waiting.put(await reader.read())
        writer.close()

    async def work(self, host):
        while True:
            label = await self.waiting.get()
            if label.startswith(b"^XA") and
            await to_printer(host, label, self.folder)


async def main(folder="/etc/labels"):
    queue = Queue(folder)
    server = await asyncio.start_server(
        queue.accept, "0.0.0.0", 9100, ssl=labels_context(folder)
    )
    asyncio.create_task(queue.work("printer-1.example.net"))
    async with server:
        await server.serve_forever()


def describe(queue):
    return {"waiting": queue.waiting.qsize(), "folder": queue.folder
