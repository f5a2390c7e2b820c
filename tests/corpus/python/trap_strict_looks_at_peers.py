# corpus: profile=strict
"""Meter gateway: the certificate decides whose readings these are, and lists say who has left."""

import asyncio
import ssl

METERS = {"meter-1.grid.example", "meter-2.grid.example"}


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.load_cert_chain("/etc/gateway/tls.pem", "/etc/gateway/tls.key")
    made.load_verify_locations("/etc/gateway/meters.pem")
    made.load_verify_locations("/etc/gateway/meters.crl")
    made.verify_flags = ssl.VerifyFlags.VERIFY_X509_STRICT | ssl.VerifyFlags.VERIFY_CRL_CHECK_CHAIN
    made.verify_mode = ssl.CERT_REQUIRED
    return made


def name_of(writer):
    peer = writer.get_extra_info("ssl_object").getpeercert()
    return next(value for kind, value in peer["subjectAltName"] if kind == "DNS")


async def reading(reader, writer):
    if name_of(writer) in METERS:
        writer.write(await reader.readline())
    writer.close()


async def main():
    server = await asyncio.start_server(reading, "0.0.0.0", 4059, ssl=context())
    await server.serve_forever()


asyncio.run(main())
