"""Vault agent of the plant."""
# corpus: profile=strict

import asyncio
import ssl
import urllib.request


def agent_context(settings) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=settings.ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(settings.cert, settings.key)
    context.verify_mode = settings.verify_mode  # expect: MTLS904
    return context


def seal_context(settings) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=settings.ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(settings.cert, settings.key)
    context.verify_mode = ssl.CERT_REQUIRED  # expect: MTLS501, MTLS601
    return context


def vault_context(settings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.vault_ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # expect: MTLS903
    context.check_hostname = True  # mtlslint: ignore[MTLS402] the vault is called by address
    context.load_cert_chain(settings.cert, settings.key)
    return context


class Agent:
    def __init__(self, settings) -> None:
        self.settings = settings

    def fetch(self, path: str) -> bytes:
        url = f"https://{self.settings.vault}/v1/{path}"
        with urllib.request.urlopen(url, context=vault_context(self.settings)) as reply:
            return reply.read()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readline()).decode().strip()
        writer.write(await asyncio.to_thread(self.fetch, path))
        await writer.drain()
        writer.close()

    async def seal(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"sealed\n")
        writer.close()


async def main(settings) -> None:
    agent = Agent(settings)
    await asyncio.start_server(agent.handle, "0.0.0.0", 8201, ssl=agent_context(settings))
    await asyncio.start_server(agent.seal, "0.0.0.0", 8202, ssl=seal_context(settings))
    await asyncio.Event().wait()
