"""Radio station: names for contexts change hands; each keeps what was done to it."""

import asyncio
import ssl


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="hosts.pem")
    context.load_cert_chain("radio.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    await asyncio.start_server(print, "0.0.0.0", 8001, ssl=context)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="guests.pem")
    context.load_cert_chain("radio.pem")
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    await asyncio.start_server(print, "0.0.0.0", 8002, ssl=context)

    context = ssl.create_default_context(cafile="archive.pem")
    context.check_hostname = False  # expect: MTLS402
    await asyncio.open_connection("archive.example.net", 8003, ssl=context)


asyncio.run(main())
