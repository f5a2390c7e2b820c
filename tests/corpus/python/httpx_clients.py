"""Fan-out to the regional catalogues."""

import asyncio
import ssl
from contextlib import AsyncExitStack

import httpx

LIMITS = httpx.Limits(max_connections=20)


def lenient_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return context


def chain_only_context(ca: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca)
    context.check_hostname = False  # expect: MTLS402
    return context


def mutual_context(ca: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca)
    context.load_cert_chain("/etc/catalogue/me.pem", "/etc/catalogue/me.key")
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class Region:
    def __init__(self, name: str, client: httpx.AsyncClient) -> None:
        self.name = name
        self.client = client

    async def search(self, words: str) -> list[dict]:
        response = await self.client.get("/search", params={"q": words})
        response.raise_for_status()
        return response.json()["items"]


async def regions(stack: AsyncExitStack) -> list[Region]:
    clients = {
        "eu": httpx.AsyncClient(base_url="https://eu.catalogue", verify=False),  # expect: MTLS401
        "us": httpx.AsyncClient(base_url="https://us.catalogue", verify=lenient_context()),
        "in": httpx.AsyncClient(
            base_url="https://10.60.0.4", verify=chain_only_context("pki/in.pem")
        ),
        "jp": httpx.AsyncClient(base_url="https://jp.catalogue", verify=mutual_context("jp.pem")),
        "br": httpx.AsyncClient(base_url="https://br.catalogue", limits=LIMITS),
        "za": httpx.AsyncClient(base_url="https://za.catalogue", verify=True),
    }
    return [
        Region(name, await stack.enter_async_context(client)) for name, client in clients.items()
    ]


def warm_up(host: str) -> bool:
    reply = httpx.get(f"https://{host}/warm", verify=False, timeout=2)  # expect: MTLS401
    with httpx.Client(
        http2=True,
        verify=False,  # expect: MTLS401
    ) as client:
        second = client.get(f"https://{host}/warm/2")
    return reply.is_success and second.is_success


async def main(words: str) -> None:
    async with AsyncExitStack() as stack:
        found = await asyncio.gather(*(r.search(words) for r in await regions(stack)))
    print(sum(len(items) for items in found), "items")


if __name__ == "__main__":
    asyncio.run(main("chairs"))
