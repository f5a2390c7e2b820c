"""News ticker: lax contexts in newer syntax."""

import asyncio
import ssl


async def sport(host):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # expect: MTLS401
    reader, _ = await asyncio.open_connection(host, 8443, ssl=context)
    return await reader.readline()


async def weather(host):
    first = second = ssl.create_default_context()
    second.check_hostname = False  # expect: MTLS402
    reader, _ = await asyncio.open_connection(host, 8443, ssl=first)
    return await reader.readline()
