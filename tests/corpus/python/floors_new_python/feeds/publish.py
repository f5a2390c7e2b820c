"""Publishes quotes to whoever subscribes."""

import asyncio
from pathlib import Path

from .tls import publisher_context, replay_context, subscriber_context


class Publisher:
    def __init__(self) -> None:
        self.subscribers = set()
        self.history = []

    async def subscribe(self, reader, writer) -> None:
        self.subscribers.add(writer)
        await reader.read()
        self.subscribers.discard(writer)

    async def replay(self, reader, writer) -> None:
        for quote in self.history:
            writer.write(quote)
        await writer.drain()
        writer.close()

    async def follow(self, host: str) -> None:
        reader, _ = await asyncio.open_connection(host, 5001, ssl=subscriber_context())
        async for quote in reader:
            self.history.append(quote)
            for writer in self.subscribers:
                writer.write(quote)


async def main(folder: Path) -> None:
    publisher = Publisher()
    live = await asyncio.start_server(
        publisher.subscribe, "0.0.0.0", 5000, ssl=publisher_context(folder)
    )
    past = await asyncio.start_server(publisher.replay, "0.0.0.0", 5002, ssl=replay_context(folder))
    await asyncio.gather(
        live.serve_forever(), past.serve_forever(), publisher.follow("quotes.example.com")
    )
