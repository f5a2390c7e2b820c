"""Guide book on hypercorn."""

import asyncio

from hypercorn.asyncio import serve
from hypercorn.config import Config

from guide import app


def config():
    made = Config()  # expect: MTLS103
    made.bind = ["0.0.0.0:8443"]
    made.certfile = "guide.pem"
    made.keyfile = "guide.key"
    return made


asyncio.run(serve(app, config()))
