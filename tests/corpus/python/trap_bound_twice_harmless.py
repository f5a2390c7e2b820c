"""Hall doors under uvicorn: the second port is on this machine, or serves something else."""

import asyncio
import ssl

import uvicorn
from fastapi import FastAPI

app = FastAPI()
health = FastAPI()


@app.put("/doors/{number}")
async def doors(number: int):
    return {"door": number}


@health.get("/healthz")
async def healthz():
    return {"ok": True}


async def main():
    strict = uvicorn.Config(
        app,
        host="0.0.0.0",
        port=8443,
        ssl_certfile="hall.pem",
        ssl_keyfile="hall.key",
        ssl_ca_certs="panels.pem",
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )
    local = uvicorn.Config(app, host="127.0.0.1", port=8080)
    probe = uvicorn.Config(health, host="127.0.0.1", port=8081)
    servers = [uvicorn.Server(config) for config in (strict, local, probe)]
    await asyncio.gather(*(server.serve() for server in servers))


asyncio.run(main())
