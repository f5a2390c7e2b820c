"""Warehouse API. insecure_bind serves the same application without TLS."""

import asyncio
import ssl

from hypercorn.asyncio import serve
from hypercorn.config import Config
from quart import Quart, jsonify, request

app = Quart(__name__)
stock = {"pallet": 12, "crate": 40}


@app.get("/stock")
async def read():
    return jsonify(stock)


@app.patch("/stock/<item>")
async def take(item):
    body = await request.get_json()
    if stock.get(item, 0) < body["amount"]:
        return jsonify(error="not enough"), 409
    stock[item] -= body["amount"]
    return jsonify({item: stock[item]})


def config() -> Config:
    made = Config()
    made.bind = ["0.0.0.0:8443"]
    made.certfile = "/etc/warehouse/tls.pem"
    made.keyfile = "/etc/warehouse/tls.key"
    made.ca_certs = "/etc/warehouse/handhelds.pem"
    made.verify_mode = ssl.CERT_REQUIRED
    # For the old load balancer's health check, which only knows http.
    made.insecure_bind = ["0.0.0.0:8080"]  # expect: MTLS105 MTLS302
    made.graceful_timeout = 10
    return made


if __name__ == "__main__":
    asyncio.run(serve(app, config()))
