"""Ticket kiosk: contexts without a written floor, on a Python that brings one."""

import asyncio
import ssl


def office():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations("/etc/kiosk/office.pem")
    context.load_cert_chain("/etc/kiosk/kiosk.pem")
    return context


def museum():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.load_default_certs()
    return context


async def sell(ticket):
    _, writer = await asyncio.open_connection("office.example.net", 8443, ssl=office())
    writer.write(ticket)
    writer.close()


async def prices():
    reader, writer = await asyncio.open_connection("museum.example.com", 443, ssl=museum())
    line = await reader.readline()
    writer.close()
    return line
