"""Time and temperature: line protocol on asyncio streams, TLS only where it was asked for."""

import asyncio
import datetime
import ssl


class Station:
    def __init__(self):
        self.celsius = None

    async def report(self, reader, writer):
        while line := await reader.readline():
            try:
                self.celsius = float(line)
            except ValueError:
                writer.write(b"?\n")
        writer.close()

    async def guess(self, reader, writer):
        """Sensors of the first generation send tenths, and no newline."""
        data = await reader.read(8)
        self.celsius = int(data) / 10
        writer.close()

    async def query(self, reader, writer):
        now = datetime.datetime.now(datetime.timezone.utc)
        writer.write(f"{now:%FT%TZ} {self.celsius}\n".encode())
        await writer.drain()
        writer.close()


class Discovery(asyncio.DatagramProtocol):
    """UDP: says where the station is, nothing to encrypt."""

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        self.transport.sendto(b"station", addr)


def tls():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="sensors.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain("station.pem")
    return context


async def main():
    station = Station()
    loop = asyncio.get_running_loop()
    sensors = await asyncio.start_server(station.report, "0.0.0.0", 7000, ssl=tls())
    legacy = await asyncio.start_server(station.guess, "0.0.0.0", 7001)  # expect: MTLS302
    # expect: MTLS302
    anybody = await asyncio.start_server(station.query, host="10.1.0.5", port=7002, ssl=None)
    display = await asyncio.start_server(station.query, "127.0.0.1", 7003)
    await loop.create_datagram_endpoint(Discovery, local_addr=("0.0.0.0", 7004))
    local = await asyncio.start_unix_server(station.query, "/run/station.sock")
    await asyncio.gather(
        *(server.serve_forever() for server in (sensors, legacy, anybody, display, local))
    )


asyncio.run(main())
