"""Weather cache on aiohttp; the session is made in one place, and what it checks is an argument."""

import argparse
import asyncio
import ssl

import aiohttp


def connector(insecure: bool, cafile: "str | None") -> aiohttp.TCPConnector:
    if insecure:
        return aiohttp.TCPConnector(ssl=False, limit=20)  # expect: MTLS401
    return aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=cafile), limit=20)


async def radar(http: aiohttp.ClientSession) -> bytes:
    async with http.get("https://radar.example.com/now.png") as reply:
        return await reply.read()


async def station(http: aiohttp.ClientSession, host: str) -> dict:
    options = {"timeout": aiohttp.ClientTimeout(total=3), "ssl": False}  # expect: MTLS401
    async with http.get(f"https://{host}/values", **options) as reply:
        return await reply.json()


async def buoy(http: aiohttp.ClientSession, host: str) -> dict:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    async with http.get(f"https://{host}/values", ssl=context) as reply:
        return await reply.json()


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--insecure", action="store_true")
    parser.add_argument("--cafile")
    args = parser.parse_args()
    async with aiohttp.ClientSession(connector=connector(args.insecure, args.cafile)) as http:
        await asyncio.gather(radar(http), station(http, "st-1.local"), buoy(http, "b-1.local"))


if __name__ == "__main__":
    asyncio.run(main())
