"""Tide gauges: a function of the package makes a given context strict."""

import asyncio
import ssl


def harden(context, ca):
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cafile=ca)
    context.verify_mode = ssl.CERT_REQUIRED


def loosen(context):
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401


def server():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("gauge.pem")
    harden(context, "gauges.pem")
    return context


async def main():
    await asyncio.start_server(print, "0.0.0.0", 9001, ssl=server())
    lab = ssl.create_default_context()
    loosen(lab)
    await asyncio.open_connection("lab.example.net", 9001, ssl=lab)
    await asyncio.open_connection("tide.example.net", 9001, ssl=ssl.create_default_context())
