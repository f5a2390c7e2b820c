"""Binds addresses for other ends than to serve TCP."""

import asyncio
import socket


class Echo(asyncio.DatagramProtocol):
    def datagram_received(self, data, addr):
        print(data, addr)


def discovery():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    sock.bind(("0.0.0.0", 5353))
    return sock


def source_address(host):
    sock = socket.socket()
    sock.bind(("0.0.0.0", 0))
    sock.connect((host, 443))
    return sock.getsockname()


def free_port():
    with socket.socket() as sock:
        sock.bind(("", 0))
        return sock.getsockname()[1]


async def main():
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(Echo, local_addr=("0.0.0.0", 9999))
