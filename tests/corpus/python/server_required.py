"""Secrets broker. Every caller shows a certificate of the platform CA."""

import asyncio
import logging
import ssl
from dataclasses import dataclass
from typing import Dict, Optional

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Identity:
    common_name: str
    serial: str

    @classmethod
    def of(cls, cert: dict) -> "Identity":
        names = {key: value for rdn in cert["subject"] for key, value in rdn}
        return cls(names["commonName"], cert["serialNumber"])


def broker_context(ca: str, chain: str, key: str, crl: Optional[str] = None) -> ssl.SSLContext:
    """CERT_NONE is the default of this constructor and CERT_OPTIONAL lets anybody in."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ca)
    context.verify_mode = ssl.CERT_REQUIRED
    # A server has no name of the client to compare with.
    context.check_hostname = False
    context.load_cert_chain(chain, keyfile=key)
    if crl:
        context.load_verify_locations(crl)
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    return context


def health_context(chain: str, key: str, ca: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(chain, key)
    context.load_verify_locations(cafile=ca)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


class Broker:
    def __init__(self, secrets: Dict[str, str]) -> None:
        self._secrets = secrets

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        caller = Identity.of(writer.get_extra_info("peercert"))
        name = (await reader.readline()).decode().strip()
        log.info("%s asks for %s", caller, name)
        if name.startswith(caller.common_name + "/") and name in self._secrets:
            writer.write(self._secrets[name].encode() + b"\n")
        else:
            writer.write(b"-denied\n")
        await writer.drain()
        writer.close()


async def main() -> None:
    broker = Broker({"web/db": "from the vault"})
    tls = broker_context("pki/ca.pem", "pki/broker.pem", "pki/broker.key", crl="pki/crl.pem")
    probe = health_context("pki/broker.pem", "pki/broker.key", "pki/ca.pem")
    servers = [
        await asyncio.start_server(broker.handle, host="0.0.0.0", port=7443, ssl=tls),
        await asyncio.start_server(broker.handle, host="::", port=7444, ssl=probe),
    ]
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main())
