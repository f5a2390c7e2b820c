# corpus: profile=strict
"""Grid control: certificates of field devices, with and without revocation lists."""

import asyncio
import ssl


def _context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("/etc/grid/tls.pem", "/etc/grid/tls.key")
    return context


def revoked_are_let_in():
    context = _context()
    context.load_verify_locations("/etc/grid/devices.pem")
    context.verify_mode = ssl.CERT_REQUIRED  # expect: MTLS601
    return context


def checked():
    context = _context()
    context.load_verify_locations("/etc/grid/devices.pem")
    context.load_verify_locations("/etc/grid/devices.crl.pem")
    context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def names(writer):
    cert = writer.get_extra_info("peercert")
    return {value for kind, value in cert["subjectAltName"] if kind == "DNS"}


async def device(reader, writer):
    if "grid.example.net" in names(writer):
        writer.write(await reader.readline())
    writer.close()


async def main():
    await asyncio.start_server(device, "0.0.0.0", 2404, ssl=revoked_are_let_in())
    await asyncio.start_server(device, "0.0.0.0", 2405, ssl=checked())
