"""Voting backend on hypercorn: certificates for voters, loopback for the counter."""

import asyncio
import collections
import ssl

from hypercorn.asyncio import serve
from hypercorn.config import Config
from quart import Quart, abort, request

app = Quart("ballots")
counter = Quart("counter")
votes: collections.Counter[str] = collections.Counter()
voted: set[str] = set()


@app.post("/vote/<choice>")
async def vote(choice: str):
    ssl_object = request.scope.get("extensions", {}).get("tls", {})
    name = ssl_object.get("client_cert_name")
    if not name or name in voted:
        abort(403)
    voted.add(name)
    votes[choice] += 1
    return "", 204


@counter.get("/")
async def count():
    return dict(votes)


def voters() -> Config:
    config = Config()
    config.bind = "0.0.0.0:8443"
    config.certfile = "tls/ballots.pem"
    config.keyfile = "tls/ballots.key"
    config.ca_certs = "tls/voters-ca.pem"
    config.verify_mode = ssl.CERT_REQUIRED
    return config


def local() -> Config:
    # CERT_NONE (hypercorn's default) on an address that nobody else reaches.
    config = Config()
    config.bind = "127.0.0.1:8444"
    config.certfile = "tls/counter.pem"
    config.keyfile = "tls/counter.key"
    return config


def unix() -> Config:
    config = Config()
    config.bind = ["unix:/run/ballots/counter.sock"]
    return config


def blank() -> Config:
    """127.0.0.1:8000 is what hypercorn binds when told nothing."""
    return Config()


async def main() -> None:
    await asyncio.gather(
        serve(app, voters()),
        serve(counter, local()),
        serve(counter, unix()),
        serve(counter, blank()),
    )


if __name__ == "__main__":
    asyncio.run(main())
