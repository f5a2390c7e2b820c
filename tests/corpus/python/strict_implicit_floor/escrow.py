"""Escrow agent: nobody wrote a floor down; today's default is TLS 1.2."""

import asyncio
import hashlib
import ssl


def incoming(folder: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # expect: MTLS205
    context.load_cert_chain(f"{folder}/tls.pem", f"{folder}/tls.key")
    context.load_verify_locations(f"{folder}/parties.pem")
    context.verify_mode = ssl.CERT_REQUIRED  # expect: MTLS501, MTLS601
    return context


def outgoing(folder: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=f"{folder}/banks.pem")  # expect: MTLS205
    context.load_cert_chain(f"{folder}/tls.pem", f"{folder}/tls.key")
    return context


def notary(folder: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=f"{folder}/notary.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(f"{folder}/tls.pem", f"{folder}/tls.key")
    return context


class Escrow:
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.held: dict[str, bytes] = {}

    async def deposit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        document = await reader.read()
        number = hashlib.sha256(document).hexdigest()
        self.held[number] = document
        await self.tell("bank.example.com", outgoing(self.folder), number)
        await self.tell("notary.example.com", notary(self.folder), number)
        writer.write(number.encode())
        writer.close()

    async def tell(self, host: str, context: ssl.SSLContext, number: str) -> None:
        _, writer = await asyncio.open_connection(host, 8443, ssl=context)
        writer.write(number.encode() + b"\n")
        await writer.drain()
        writer.close()


async def main(folder: str = "/etc/escrow") -> None:
    escrow = Escrow(folder)
    server = await asyncio.start_server(escrow.deposit, "0.0.0.0", 8443, ssl=incoming(folder))
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
