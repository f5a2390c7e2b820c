"""Hall lights under uvicorn: the panel and the app share one application."""

import asyncio
import ssl

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.put("/lights/{level}")
async def lights(level: int):
    return {"level": level}


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
    plain = uvicorn.Config(app, host="0.0.0.0", port=8080)  # expect: MTLS105 MTLS302
    await asyncio.gather(uvicorn.Server(strict).serve(), uvicorn.Server(plain).serve())


asyncio.run(main())
