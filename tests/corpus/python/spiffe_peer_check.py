"""Workload to workload: the name that counts is the SPIFFE ID in the certificate."""

import asyncio
import json
import ssl

TRUST_DOMAIN = "spiffe://prod.example.org/"


class WrongPeer(Exception):
    """The chain is fine, but it is somebody else."""


def spiffe_ids(cert):
    return [value for kind, value in cert.get("subjectAltName", ()) if kind == "URI"]


def require_peer(ssl_object, expected):
    ids = spiffe_ids(ssl_object.getpeercert())
    if ids != [TRUST_DOMAIN + expected]:
        raise WrongPeer(ids)


def workload_context(bundle, svid, key):
    """SVIDs hold no DNS names, so the check by host name cannot succeed."""
    context = ssl.create_default_context(cafile=bundle)
    context.check_hostname = False
    context.load_cert_chain(svid, key)
    return context


async def call(host, port, expected, message, context):
    reader, writer = await asyncio.open_connection(host, port, ssl=context)
    try:
        require_peer(writer.get_extra_info("ssl_object"), expected)
        writer.write(json.dumps(message).encode() + b"\n")
        await writer.drain()
        return json.loads(await reader.readline())
    finally:
        writer.close()


def listening_context(bundle, svid, key):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=bundle)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(svid, key)
    return context


async def serve(handle, allowed, bundle, svid, key):
    async def guarded(reader, writer):
        try:
            require_peer(writer.get_extra_info("ssl_object"), allowed)
            await handle(reader, writer)
        finally:
            writer.close()

    context = listening_context(bundle, svid, key)
    server = await asyncio.start_server(guarded, "0.0.0.0", 9090, ssl=context)
    await server.serve_forever()


async def main():
    files = ("/run/spire/bundle.pem", "/run/spire/svid.pem", "/run/spire/svid.key")
    context = workload_context(*files)
    print(await call("10.4.0.17", 9090, "cart", {"op": "list"}, context))


if __name__ == "__main__":
    asyncio.run(main())
