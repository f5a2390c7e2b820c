"""Weighs cheese."""

import asyncio
import ssl

import requests

from . import settings
from .settings import CIPHERS, STAFF_MODE


def context(mode):
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="dairy.pem")
    made.load_cert_chain("scale.pem")
    return made


def guests():
    made = context(None)
    made.verify_mode = settings.CLIENT_MODE  # expect: MTLS101
    return made


def staff():
    made = context(None)
    made.verify_mode = STAFF_MODE
    made.set_ciphers(CIPHERS)  # expect: MTLS203
    return made


def order(url):
    return requests.post(url, verify=settings.VERIFY_SUPPLIER)  # expect: MTLS401


async def main():
    await asyncio.start_server(print, settings.HOST, settings.PORT, ssl=guests())
    await asyncio.start_server(print, settings.HOST, settings.PORT + 1, ssl=staff())
