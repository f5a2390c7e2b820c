"""Proxy in Python: it sets the identity headers for the app behind, and reads none."""

import ssl

import httpx
from aiohttp import web

HOP = {"X-SSL-Client-Verify", "X-Forwarded-Client-Cert"}


async def forward(request):
    cert = request.transport.get_extra_info("peercert")
    headers = {name: value for name, value in request.headers.items() if name not in HOP}
    headers["X-SSL-Client-Verify"] = "SUCCESS"
    headers["X-SSL-Client-S-DN"] = str(cert["subject"])
    async with httpx.AsyncClient() as client:
        reply = await client.get("http://127.0.0.1:9000" + request.path, headers=headers)
    return web.Response(body=reply.content, status=reply.status_code)


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="clients.pem")
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_cert_chain("proxy.pem")
    return made


if __name__ == "__main__":
    app = web.Application()
    app.router.add_get("/{path:.*}", forward)
    web.run_app(app, host="0.0.0.0", port=8443, ssl_context=context())
