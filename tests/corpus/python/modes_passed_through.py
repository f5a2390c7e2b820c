"""Library for the plant's protocol: settings come from its users."""

from __future__ import annotations

import asyncio
import configparser
import ssl
from dataclasses import dataclass
from typing import Any

MODES = {"none": ssl.CERT_NONE, "optional": ssl.CERT_OPTIONAL, "required": ssl.CERT_REQUIRED}
VERSIONS = {"1.1": ssl.TLSVersion.TLSv1_1, "1.2": ssl.TLSVersion.TLSv1_2}


@dataclass
class TLSSettings:
    ca: str | None = None
    cert: str | None = None
    key: str | None = None
    verify_mode: ssl.VerifyMode = ssl.CERT_REQUIRED
    check_hostname: bool = True
    minimum: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2

    @classmethod
    def read(cls, path: str) -> TLSSettings:
        parser = configparser.ConfigParser()
        parser.read(path)
        section = parser["tls"]
        return cls(
            ca=section.get("ca"),
            cert=section.get("cert"),
            key=section.get("key"),
            verify_mode=MODES[section.get("verify", "required")],
            check_hostname=section.getboolean("hostname", True),
            minimum=VERSIONS[section.get("minimum", "1.2")],
        )


def client_context(settings: TLSSettings) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = settings.minimum
    context.check_hostname = settings.check_hostname
    context.verify_mode = settings.verify_mode
    if settings.ca:
        context.load_verify_locations(settings.ca)
    else:
        context.load_default_certs()
    if settings.cert:
        context.load_cert_chain(settings.cert, settings.key)
    return context


def server_context(settings: TLSSettings, **overrides: Any) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.cert, settings.key)
    context.verify_mode = overrides.get("verify_mode", settings.verify_mode)
    if settings.ca:
        context.load_verify_locations(settings.ca)
    return context


def context_for(context: ssl.SSLContext, mode: int) -> ssl.SSLContext:
    """Set a mode on a context of the caller's."""
    context.verify_mode = ssl.VerifyMode(mode)
    return context


class Link:
    def __init__(self, settings: TLSSettings, context: ssl.SSLContext | None = None) -> None:
        self.settings = settings
        self.context = context or client_context(settings)

    async def open(self, host: str, port: int = 4840) -> None:
        self.reader, self.writer = await asyncio.open_connection(host, port, ssl=self.context)

    async def serve(self, host: str, port: int = 4840) -> asyncio.Server:
        context = server_context(self.settings)
        return await asyncio.start_server(self._accept, host, port, ssl=context)

    async def _accept(self, reader: Any, writer: Any) -> None:
        writer.close()
