"""Claims API under uvicorn, its options collected in a dict."""

import ssl
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request

app = FastAPI()
TLS = Path("/run/tls")

OPTIONS = {
    "host": "0.0.0.0",
    "port": 8443,
    "ssl_certfile": TLS / "tls.crt",
    "ssl_keyfile": TLS / "tls.key",
    "ssl_ca_certs": str(TLS / "ca.crt"),
    "ssl_cert_reqs": 2,
}


@app.get("/claims/{number}")
async def claim(number: int, request: Request):
    return {"number": number, "from": request.client.host}


def main(reload: bool = False):
    options = dict(OPTIONS, reload=reload)
    uvicorn.run("claims:app", **options)


def second(port: int):
    config = uvicorn.Config(
        app,
        host="0.0.0.0",
        port=port,
        ssl_certfile=OPTIONS["ssl_certfile"],
        ssl_keyfile=OPTIONS["ssl_keyfile"],
        ssl_ca_certs=OPTIONS["ssl_ca_certs"],
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
