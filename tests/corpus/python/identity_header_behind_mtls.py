"""The edge forwards who called it, and must itself show a certificate to get here."""

import ssl
import urllib.parse

from aiohttp import web


def edge_only():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/etc/app/edge-ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("/etc/app/tls.pem", "/etc/app/tls.key")
    return context


@web.middleware
async def identify(request, handler):
    pem = urllib.parse.unquote(request.headers.get("X-Client-Cert", ""))
    if not pem.startswith("-----BEGIN CERTIFICATE-----"):
        raise web.HTTPForbidden(text="no client certificate")
    der = ssl.PEM_cert_to_DER_cert(pem)
    request["certificate"] = der
    return await handler(request)


async def statement(request):
    account = request.match_info["account"]
    return web.json_response({"account": account, "size": len(request["certificate"])})


async def transfer(request):
    body = await request.json()
    if body["amount"] <= 0:
        raise web.HTTPBadRequest()
    return web.json_response({"accepted": True}, status=202)


def create_app():
    app = web.Application(middlewares=[identify])
    app.add_routes(
        [web.get("/accounts/{account}", statement), web.post("/transfers", transfer)]
    )
    return app


if __name__ == "__main__":
    web.run_app(create_app(), host="0.0.0.0", port=8443, ssl_context=edge_only())
