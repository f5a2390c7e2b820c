"""Prescriptions on FastAPI. The ingress puts the certificate's subject into a header."""

import uvicorn
from fastapi import FastAPI, Header, HTTPException, Request

app = FastAPI()
DOCTORS = {"CN=praxis-1", "CN=praxis-2"}


@app.middleware("http")
async def identify(request: Request, call_next):
    request.state.subject = request.headers.get("x-ssl-client-s-dn")  # expect: MTLS502
    return await call_next(request)


@app.get("/prescriptions/{number}")
async def read(number: int, request: Request):
    if request.state.subject not in DOCTORS:
        raise HTTPException(403)
    return {"number": number}


@app.get("/version")
async def version(accept: str = Header("")):
    return {"version": 3, "accept": accept}


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=8080)  # expect: MTLS302
