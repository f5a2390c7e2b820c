"""Bridges sensors to the plant's message bus."""

import asyncio
import json
import ssl

BUS = "bus.plant.example"


def sensors_context() -> ssl.SSLContext:
    # Python 3.10 and later begin with TLS 1.2.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("/etc/bridge/tls.pem", "/etc/bridge/tls.key")
    context.load_verify_locations("/etc/bridge/sensors.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def bus_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations("/etc/bridge/bus.pem")
    context.load_cert_chain("/etc/bridge/tls.pem", "/etc/bridge/tls.key")
    return context


class Bridge:
    def __init__(self) -> None:
        self.queue: asyncio.Queue[dict] = asyncio.Queue(maxsize=1000)

    async def sensor(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async for line in reader:
            await self.queue.put(json.loads(line))
        writer.close()

    async def bus(self) -> None:
        _, writer = await asyncio.open_connection(BUS, 8883, ssl=bus_context())
        while True:
            sample = await self.queue.get()
            writer.write(json.dumps(sample).encode() + b"\n")
            await writer.drain()


async def main() -> None:
    bridge = Bridge()
    server = await asyncio.start_server(bridge.sensor, port=7070, ssl=sensors_context())
    await asyncio.gather(server.serve_forever(), bridge.bus())


if __name__ == "__main__":
    asyncio.run(main())
