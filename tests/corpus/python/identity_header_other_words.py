"""School kitchen: headers that name nobody, though they sound like it."""

import uvicorn
from fastapi import FastAPI, Request

app = FastAPI()


@app.get("/menu")
async def menu(request: Request):
    client = request.headers.get("X-Client-Version", "0")
    trace = request.headers.get("X-Request-Id")
    agent = request.headers.get("User-Agent", "")
    return {"soup": "lentil", "for": client, "trace": trace, "agent": agent}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
