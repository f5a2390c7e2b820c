# corpus: profile=strict
"""Fire alarm relay: which certificate it was matters in one server only."""

import asyncio
import ssl


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.load_cert_chain("/etc/alarm/tls.pem", "/etc/alarm/tls.key")
    made.load_verify_locations("/etc/alarm/panels.pem")
    made.load_verify_locations("/etc/alarm/panels.crl")
    made.verify_flags = ssl.VERIFY_CRL_CHECK_CHAIN
    made.verify_mode = ssl.CERT_REQUIRED  # expect: MTLS501
    return made


async def anybody(reader, writer):
    writer.write(await reader.readline())
    writer.close()


async def main():
    await asyncio.start_server(anybody, "0.0.0.0", 5001, ssl=context())


asyncio.run(main())
