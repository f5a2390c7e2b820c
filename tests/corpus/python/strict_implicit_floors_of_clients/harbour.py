"""Harbour master: floors that today's Python brings, and floors that are written down."""

import asyncio
import http.client
import ssl


def tides():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # expect: MTLS205
    context.load_verify_locations("tides.pem")
    return http.client.HTTPSConnection("tides.example.net", context=context)


def ships():
    context = ssl.create_default_context(cafile="ships.pem")  # expect: MTLS205
    return http.client.HTTPSConnection("ships.example.net", context=context)


def weather():
    context = ssl.create_default_context(cafile="weather.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return http.client.HTTPSConnection("weather.example.net", context=context)


def cranes():
    context = ssl.create_default_context(cafile="cranes.pem")
    context.options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
    return http.client.HTTPSConnection("cranes.example.net", context=context)


async def locks():
    context = ssl.create_default_context(cafile="locks.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return await asyncio.open_connection("locks.example.net", 8443, ssl=context)
