"""Lighthouse log under hypercorn on trio."""

import ssl
from functools import partial

import trio
from hypercorn.config import Config
from hypercorn.trio import serve
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def log(request):
    return PlainTextResponse("lit")


app = Starlette(routes=[Route("/log", log)])


def keepers():
    config = Config()
    config.bind = ["[::]:8443"]
    config.certfile = "light.pem"
    config.keyfile = "light.key"
    config.ca_certs = "keepers.pem"
    config.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    return config


if __name__ == "__main__":
    trio.run(partial(serve, app, keepers()))
