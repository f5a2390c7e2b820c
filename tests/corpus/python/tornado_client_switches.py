"""Fetches feeds for the portal with Tornado's client."""

import asyncio
import ssl

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.tcpclient import TCPClient


async def feed(url):
    client = AsyncHTTPClient()
    reply = await client.fetch(url, request_timeout=5)
    return reply.body


async def intranet_feed(url):
    client = AsyncHTTPClient()
    reply = await client.fetch(url, validate_cert=False)  # expect: MTLS401
    return reply.body


async def search_feed(url, query):
    request = HTTPRequest(
        url,
        method="POST",
        body=query,
        validate_cert=False,  # expect: MTLS401
    )
    return (await AsyncHTTPClient().fetch(request)).body


async def partner_feed(url):
    request = HTTPRequest(url, ca_certs="partner.pem", client_cert="me.pem", client_key="me.key")
    return (await AsyncHTTPClient().fetch(request)).body


async def ticker(host):
    # An empty dict is TLS with the defaults of a client, which check.
    stream = await TCPClient().connect(host, 7443, ssl_options={})
    return await stream.read_until(b"\n")


async def private_ticker(host):
    context = ssl.create_default_context(cafile="ticker.pem")
    stream = await TCPClient().connect(host, 7443, ssl_options=context)
    return await stream.read_until(b"\n")


if __name__ == "__main__":
    asyncio.run(feed("https://news.example.com/rss"))
