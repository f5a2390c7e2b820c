"""Camera hub, saved while somebody was typing."""

import asyncio
import ssl

import requests


def cameras():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="cameras.pem")
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    context.load_cert_chain("hub.pem", "hub.key")
    return context


def settings(host):
    return requests.get(f"https://{host}/settings", verify=False).json()  # expect: MTLS401


async def main():
    server = await asyncio.start_server(print, "0.0.0.0", 8443, ssl=cameras())
    await server.serve_forever()


def broken(
    context = ssl.create_default
