import ssl

from hypercorn.asyncio import serve
from hypercorn.config import Config

from cases.web import app


def config() -> Config:
    made = Config()
    made.bind = ["0.0.0.0:8443"]
    made.certfile = "/tls/tls.crt"
    made.keyfile = "/tls/tls.key"
    made.ca_certs = "/tls/ca.crt"
    made.verify_mode = ssl.CERT_REQUIRED
    return made


async def main() -> None:
    await serve(app, config())
