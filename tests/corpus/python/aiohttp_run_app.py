"""Parcel tracking: run_app binds all addresses unless told otherwise."""

import ssl
import sys

from aiohttp import web

parcels = {}
routes = web.RouteTableDef()


@routes.get("/parcels/{code}")
async def track(request):
    code = request.match_info["code"]
    if code not in parcels:
        raise web.HTTPNotFound(text="no such parcel")
    return web.json_response(parcels[code])


@routes.post("/parcels/{code}")
async def scan(request):
    scan = await request.json()
    parcels.setdefault(request.match_info["code"], []).append(scan)
    return web.Response(status=204)


@web.middleware
async def timing(request, handler):
    response = await handler(request)
    response.headers["Server-Timing"] = "app"
    return response


def create_app():
    app = web.Application(middlewares=[timing])
    app.add_routes(routes)
    return app


def create_depot_app():
    async def pallets(request):
        return web.json_response(sorted(parcels))

    app = web.Application()
    app.router.add_get("/pallets", pallets)
    return app


def public():
    web.run_app(create_app(), port=8080)  # expect: MTLS302


def office():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)  # expect: MTLS103
    context.load_cert_chain("parcel.pem", "parcel.key")
    web.run_app(create_app(), port=8443, ssl_context=context)


def depot():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="scanners.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain("parcel.pem", "parcel.key")
    web.run_app(create_depot_app(), port=9443, ssl_context=context)


def laptop():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain("snakeoil.pem")
    web.run_app(create_app(), host="127.0.0.1", port=8443, ssl_context=context)


if __name__ == "__main__":
    {"public": public, "office": office, "depot": depot}.get(sys.argv[-1], laptop)()
