# corpus: profile=tls
"""Recipe site: clients need no certificate, and nobody says they should."""

import ssl

import requests
from aiohttp import web


async def recipe(request):
    return web.Response(text="flour, water")


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain("site.pem")
    return made


def pictures(url):
    return requests.get(url, verify=False).content  # expect: MTLS401


if __name__ == "__main__":
    app = web.Application()
    app.router.add_get("/", recipe)
    web.run_app(app, port=8443, ssl_context=context())
