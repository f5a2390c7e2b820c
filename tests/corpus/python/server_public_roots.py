"""Partner gateway: three generations of how it came to trust its partners."""

import logging
import ssl

import certifi
from aiohttp import web

log = logging.getLogger("partners")
routes = web.RouteTableDef()


def context_2019(cert, key):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_default_certs(ssl.Purpose.CLIENT_AUTH)  # expect: MTLS106
    return context


def context_2021(cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(cert, key)
    context.load_verify_locations("/etc/partners/ca.pem")
    context.load_verify_locations(certifi.where())  # expect: MTLS106
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def context_2023(cert, key):
    context = ssl.create_default_context(
        ssl.Purpose.CLIENT_AUTH,
        cafile="/etc/ssl/certs/ca-certificates.crt",  # expect: MTLS106
    )
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(cert, key)
    return context


@routes.post("/v1/orders")
async def order(request):
    cert = request.transport.get_extra_info("peercert")
    subject = dict(item for rdn in cert["subject"] for item in rdn)
    body = await request.json()
    log.info("%s ordered %s", subject.get("organizationName"), body.get("sku"))
    return web.json_response({"accepted": True}, status=202)


@routes.get("/v1/prices")
async def prices(request):
    return web.json_response({"A-100": 12.5, "B-200": 7})


async def start(port, context):
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", port, ssl_context=context).start()
    return runner


async def serve(cert="/etc/partners/tls.pem", key="/etc/partners/tls.key"):
    await start(8443, context_2019(cert, key))
    await start(9443, context_2021(cert, key))
    await start(10443, context_2023(cert, key))
