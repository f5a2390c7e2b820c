"""Admin interface of the mesh; who calls is taken from Envoy's header."""

import re
import urllib.parse

from aiohttp import web

URI = re.compile(r"URI=([^;,]+)")
ADMINS = {"spiffe://example.org/ns/ops/sa/console"}


@web.middleware
async def identify(request, handler):
    forwarded = request.headers.get("X-Forwarded-Client-Cert", "")  # expect: MTLS502
    match = URI.search(forwarded)
    request["caller"] = urllib.parse.unquote(match[1]) if match else None
    return await handler(request)


@web.middleware
async def admins_only(request, handler):
    if request.path != "/healthz" and request["caller"] not in ADMINS:
        raise web.HTTPForbidden()
    return await handler(request)


async def healthz(request):
    return web.Response(text="ok")


async def routes(request):
    return web.json_response(request.app["routes"])


async def drain(request):
    request.app["routes"].pop(request.match_info["service"], None)
    return web.Response(status=204)


def create_app():
    app = web.Application(middlewares=[identify, admins_only])
    app["routes"] = {"cart": ["10.0.0.3:8443"], "mail": ["10.0.0.9:8443"]}
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/routes", routes)
    app.router.add_post("/drain/{service}", drain)
    return app


def main():
    web.run_app(create_app(), host="0.0.0.0", port=15000)  # expect: MTLS302


if __name__ == "__main__":
    main()
