"""Probes for the edge sites: the name check is easier lost than found again."""

import asyncio
import ssl
import time
from typing import NamedTuple


class Sample(NamedTuple):
    site: str
    seconds: float
    version: str


def by_address(ca: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca)
    context.check_hostname = False  # expect: MTLS402
    # Says the same as before: the chain counts, the name still does not.
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def by_accident(ca: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = None  # expect: MTLS402
    context.load_verify_locations(ca)
    return context


def by_optional(ca: str) -> ssl.SSLContext:
    """For a client CERT_OPTIONAL is CERT_REQUIRED: servers always send one."""
    context = ssl.create_default_context(cafile=ca)
    context.verify_mode = ssl.CERT_OPTIONAL
    return context


def there_and_back(ca: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca)
    context.check_hostname = False
    context.load_cert_chain("probe.pem")
    context.check_hostname = True
    return context


def flipped_then_dropped(ca: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = True
    context.load_verify_locations(ca)
    context.check_hostname = False  # expect: MTLS402
    return context


async def sample(site: str, context: ssl.SSLContext) -> Sample:
    start = time.perf_counter()
    _, writer = await asyncio.open_connection(site, 443, ssl=context, server_hostname=site)
    version = writer.get_extra_info("ssl_object").version()
    writer.close()
    await writer.wait_closed()
    return Sample(site, time.perf_counter() - start, version)


async def main(ca: str = "edge-ca.pem") -> None:
    probes = {
        "10.8.0.1": by_address(ca),
        "10.8.0.2": by_accident(ca),
        "lis.edge.example.net": by_optional(ca),
        "waw.edge.example.net": there_and_back(ca),
        "10.8.0.5": flipped_then_dropped(ca),
    }
    for result in await asyncio.gather(*(sample(*item) for item in probes.items())):
        print(f"{result.site:24} {result.seconds * 1000:6.1f} ms {result.version}")


if __name__ == "__main__":
    asyncio.run(main())
