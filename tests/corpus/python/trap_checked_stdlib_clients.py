"""Release checker on the standard library: nothing is said of TLS, and these check anyway."""

import asyncio
import http.client
import json
import ssl
import urllib.request
import xmlrpc.client

AGENT = {"User-Agent": "release-check/2"}


def latest(project):
    connection = http.client.HTTPSConnection("pypi.example.org", timeout=10)
    connection.request("GET", f"/pypi/{project}/json", headers=AGENT)
    return json.load(connection.getresponse())["info"]["version"]


def changelog(url):
    request = urllib.request.Request(url, headers=AGENT)
    with urllib.request.urlopen(request) as reply:
        return reply.read()


def opener():
    handler = urllib.request.HTTPSHandler(context=ssl.create_default_context())
    return urllib.request.build_opener(handler)


def legacy_index():
    return xmlrpc.client.ServerProxy("https://pypi.example.org/pypi")


async def banner(host):
    reader, writer = await asyncio.open_connection(host, 443, ssl=True)
    writer.write(b"HEAD / HTTP/1.0\r\n\r\n")
    line = await reader.readline()
    writer.close()
    return line


async def statsd(line):
    """No TLS at all, to a daemon of this machine."""
    _, writer = await asyncio.open_connection("127.0.0.1", 8125, ssl=None)
    writer.write(line)
    writer.close()


def previous():
    ssl._create_default_https_context = ssl.create_default_context
    return changelog("https://example.org/changes")
