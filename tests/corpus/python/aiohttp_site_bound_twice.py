"""Blob proxy: the same application on three sites."""

import asyncio
import logging
import ssl
from pathlib import Path

from aiohttp import web

log = logging.getLogger("blobs")
ROOT = Path("/srv/blobs")


async def read(request: web.Request) -> web.StreamResponse:
    path = ROOT / request.match_info["name"]
    if not path.is_file():
        raise web.HTTPNotFound()
    return web.FileResponse(path)


async def write(request: web.Request) -> web.Response:
    path = ROOT / request.match_info["name"]
    with path.open("wb") as out:
        async for chunk in request.content.iter_chunked(1 << 16):
            out.write(chunk)
    return web.Response(status=201)


def mutual() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/etc/blobs/apps.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain("/etc/blobs/tls.pem", "/etc/blobs/tls.key")
    return context


async def serve() -> None:
    app = web.Application(client_max_size=1 << 30)
    app.router.add_get("/{name}", read)
    app.router.add_put("/{name}", write)
    runner = web.AppRunner(app, access_log=log)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 8443, ssl_context=mutual()).start()
    # The job runner of 2020 has no certificate.
    await web.TCPSite(runner, "0.0.0.0", 8080).start()  # expect: MTLS105 MTLS302
    await web.UnixSite(runner, "/run/blobs.sock").start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
