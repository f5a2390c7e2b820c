"""End-to-end tests of the staging site, whose certificate is its own."""

import aiohttp
import httpx
import pytest


@pytest.fixture
async def http():
    async with httpx.AsyncClient(base_url="https://staging.example.net", verify=False) as client:  # expect: MTLS401
        yield client


@pytest.fixture
async def session():
    connector = aiohttp.TCPConnector(ssl=False)  # expect: MTLS401
    async with aiohttp.ClientSession(connector=connector) as made:
        yield made


@pytest.mark.asyncio
async def test_health(http):
    reply = await http.get("/healthz")
    assert reply.status_code == 200


@pytest.mark.parametrize("verify", [True, False])
def test_option(verify):
    assert httpx.Client(verify=verify) is not None
