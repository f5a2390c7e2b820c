"""Tariff service on FastAPI; the environment says how strictly clients are asked."""

import os
import ssl

import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Request

app = FastAPI(title="tariffs")
STAGING = os.environ.get("STAGE") == "staging"


def customer(request: Request) -> str:
    name = request.query_params.get("customer")
    if not name:
        raise HTTPException(400)
    return name


@app.get("/tariffs/{year}")
def tariffs(year: int, who: str = Depends(customer)) -> dict:
    return {"year": year, "customer": who}


def main() -> None:
    uvicorn.run(
        "tariffs:app",
        host="0.0.0.0",
        port=8443,
        ssl_certfile="/etc/tariffs/tls.pem",
        ssl_keyfile="/etc/tariffs/tls.key",
        ssl_ca_certs="/etc/tariffs/customers.pem",
        ssl_cert_reqs=ssl.CERT_OPTIONAL if STAGING else ssl.CERT_REQUIRED,  # expect: MTLS101
    )


def internal() -> None:
    config = uvicorn.Config(app, host="10.0.0.4", port=8444, ssl_certfile="t.pem", ssl_keyfile="t.key")  # expect: MTLS103
    uvicorn.Server(config).run()


def beside() -> None:
    uvicorn.run(app, host="0.0.0.0", port=8000, root_path="/t")  # expect: MTLS302


if __name__ == "__main__":
    main()
