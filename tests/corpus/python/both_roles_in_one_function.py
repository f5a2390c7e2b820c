"""Gossip between cache nodes: each node is server and client at once."""

import asyncio
import enum
import random
import ssl


class Role(enum.Enum):
    SERVER = "server"
    CLIENT = "client"


def node_context(role, ca, cert, key):
    """One function for both sides, so that they cannot drift apart."""
    if role is Role.SERVER:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.verify_mode = ssl.CERT_REQUIRED
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        assert context.check_hostname
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(ca)
    context.load_cert_chain(cert, key)
    return context


def pair(ca, cert, key):
    incoming = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ca)
    incoming.verify_mode = ssl.CERT_REQUIRED
    outgoing = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=ca)
    for context in (incoming, outgoing):
        context.load_cert_chain(cert, key)
        context.options |= ssl.OP_NO_COMPRESSION
    return incoming, outgoing


class Node:
    def __init__(self, name, peers):
        self.name = name
        self.peers = peers
        self.facts = {}

    async def accept(self, reader, writer):
        line = await reader.readline()
        key, _, value = line.decode().strip().partition("=")
        self.facts.setdefault(key, value)
        writer.close()

    async def spread(self, context):
        while True:
            await asyncio.sleep(1)
            if not self.facts:
                continue
            key = random.choice(list(self.facts))
            peer = random.choice(self.peers)
            _, writer = await asyncio.open_connection(
                peer, 7946, ssl=context, server_hostname=peer
            )
            writer.write(f"{key}={self.facts[key]}\n".encode())
            await writer.drain()
            writer.close()


async def main():
    files = ("pki/ca.pem", "pki/node.pem", "pki/node.key")
    node = Node("a", ["b.cache.example.net", "c.cache.example.net"])
    server = await asyncio.start_server(
        node.accept, "0.0.0.0", 7946, ssl=node_context(Role.SERVER, *files)
    )
    asyncio.create_task(node.spread(node_context(Role.CLIENT, *files)))
    incoming, outgoing = pair(*files)
    backup = await asyncio.start_server(node.accept, "0.0.0.0", 7947, ssl=incoming)
    asyncio.create_task(node.spread(outgoing))
    await asyncio.gather(server.serve_forever(), backup.serve_forever())


if __name__ == "__main__":
    asyncio.run(main())
