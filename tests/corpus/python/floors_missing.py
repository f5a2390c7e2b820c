"""Relay of a chat network that nobody told which Python it runs on."""

import asyncio
import ssl


def accepting(cert, key, ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # expect: MTLS201
    context.load_cert_chain(cert, key)
    context.load_verify_locations(ca)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def accepting_half_a_floor(cert, key, ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # expect: MTLS201
    # TLS 1.1 stays.
    context.options |= ssl.OP_NO_TLSv1
    context.load_cert_chain(cert, key)
    context.load_verify_locations(ca)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def linking(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # expect: MTLS201
    context.load_verify_locations(ca)
    return context


def linking_modern(ca, modern):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # expect: MTLS201
    context.load_verify_locations(ca)
    if modern:
        context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def linking_capped(ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # expect: MTLS201
    context.load_verify_locations(ca)
    # A ceiling is no floor.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


def linking_by_default_context(ca):
    return ssl.create_default_context(cafile=ca)


class Relay:
    def __init__(self):
        self.links = set()

    async def incoming(self, reader, writer):
        self.links.add(writer)
        async for line in reader:
            for link in self.links - {writer}:
                link.write(line)
        self.links.discard(writer)

    async def link(self, host, context):
        reader, writer = await asyncio.open_connection(host, 6697, ssl=context)
        await self.incoming(reader, writer)


async def main(cert="relay.pem", key="relay.key", ca="network.pem", modern=False):
    relay = Relay()
    first = await asyncio.start_server(relay.incoming, "::", 6697, ssl=accepting(cert, key, ca))
    second = await asyncio.start_server(
        relay.incoming, "::", 6698, ssl=accepting_half_a_floor(cert, key, ca)
    )
    await asyncio.gather(
        first.serve_forever(),
        second.serve_forever(),
        relay.link("east.chat.example", linking(ca)),
        relay.link("west.chat.example", linking_modern(ca, modern)),
        relay.link("north.chat.example", linking_capped(ca)),
        relay.link("south.chat.example", linking_by_default_context(ca)),
    )


if __name__ == "__main__":
    asyncio.run(main())
