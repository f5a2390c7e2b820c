# corpus: profile=strict
"""Brewery: the louder findings are the same in every profile."""

import asyncio
import ssl


def vats():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="vats.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("tls.pem")
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    return context


def labels():
    context = ssl.create_default_context(cafile="labels.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_1  # expect: MTLS202
    return context


def names():
    context = ssl.create_default_context(cafile="labels.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False  # expect: MTLS402
    return context


async def main():
    await asyncio.start_server(print, "0.0.0.0", 8443, ssl=vats())
    for make in (labels, names):
        await asyncio.open_connection("label.example.net", 8443, ssl=make())
