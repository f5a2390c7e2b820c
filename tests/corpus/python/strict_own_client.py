# corpus: profile=strict
"""Between the billing services: asks its own callers for a certificate, and shows none itself."""

import asyncio
import ssl


def incoming():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/etc/bill/mesh-ca.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    context.load_verify_locations("/etc/bill/mesh-ca.crl")
    context.load_cert_chain("/etc/bill/tls.pem", "/etc/bill/tls.key")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def outgoing():
    # expect: MTLS304
    context = ssl.create_default_context(cafile="/etc/bill/mesh-ca.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def public():
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


async def bill(reader, writer):
    cert = writer.get_extra_info("peercert")
    if ("DNS", "orders.mesh") not in cert["subjectAltName"]:
        writer.close()
        return
    _, ledger = await asyncio.open_connection("ledger.mesh", 8443, ssl=outgoing())
    ledger.write(await reader.read())
    _, rates = await asyncio.open_connection("rates.example.com", 443, ssl=public())
    rates.close()


async def main():
    server = await asyncio.start_server(bill, "0.0.0.0", 8443, ssl=incoming())
    await server.serve_forever()
