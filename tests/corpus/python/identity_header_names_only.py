"""Documents which headers the proxy sets, and strips them from what comes in."""

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
import uvicorn

HEADERS = ["X-Forwarded-Client-Cert", "X-SSL-Client-Verify", "X-SSL-Client-S-DN"]

app = FastAPI(description="Never send X-SSL-Client-Verify yourself.")


@app.middleware("http")
async def strip(request, call_next):
    headers = MutableHeaders(scope=request.scope)
    for name in HEADERS:
        if name in headers:
            del headers[name]
    return await call_next(request)


@app.get("/headers")
async def headers():
    return HEADERS


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
