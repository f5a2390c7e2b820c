"""Door phone whose context is a client's: it requires certificates, or works for nobody."""

import asyncio
import ssl

import websockets


async def ring(socket):
    async for message in socket:
        await socket.send(message)


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.load_cert_chain("door.pem")
    context.load_verify_locations("phones.pem")
    async with websockets.serve(ring, "0.0.0.0", 8443, ssl=context):
        await asyncio.Future()


asyncio.run(main())
