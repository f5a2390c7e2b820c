"""Presence service: who is online. Nobody asked who is asking."""

import asyncio
import socket
import ssl
import struct
import time


class Presence:
    def __init__(self, ttl=90):
        self.ttl = ttl
        self.seen = {}

    def touch(self, user):
        self.seen[user] = time.monotonic()

    def online(self):
        horizon = time.monotonic() - self.ttl
        return sorted(user for user, when in self.seen.items() if when > horizon)


class PresenceProtocol(asyncio.Protocol):
    def __init__(self, presence):
        self.presence = presence
        self.transport = None

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        for user in data.decode("utf-8", "ignore").split():
            self.presence.touch(user)
        self.transport.write("\n".join(self.presence.online()).encode() + b"\n")


def tls13():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # expect: MTLS103
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain("/etc/presence/chain.pem", "/etc/presence/key.pem")
    return context


async def main():
    presence = Presence()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: PresenceProtocol(presence), "0.0.0.0", 5223, ssl=tls13()
    )
    async with server:
        await server.serve_forever()


def legacy_loop(port=5222):
    """Binary clients of the last decade: length, then name."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)  # expect: MTLS103
    context.load_cert_chain("/etc/presence/chain.pem", "/etc/presence/key.pem")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("0.0.0.0", port))
    listener.listen(128)
    while True:
        conn, _ = listener.accept()
        with context.wrap_socket(conn, server_side=True) as tls:
            (size,) = struct.unpack("!H", tls.recv(2))
            print("hello", tls.recv(size).decode())


if __name__ == "__main__":
    asyncio.run(main())
