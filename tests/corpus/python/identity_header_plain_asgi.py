"""Bare ASGI: headers are pairs of bytes."""

import uvicorn


async def app(scope, receive, send):
    headers = dict(scope["headers"])
    verified = headers.get(b"x-ssl-client-verify") == b"SUCCESS"  # expect: MTLS502
    status = 200 if verified else 403
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b"ok" if verified else b"no"})


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=8000)  # expect: MTLS302
