# corpus: profile=tls
"""Recipe site behind a proxy: plaintext to the network is the proxy's business here."""

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def index():
    return {"recipes": []}


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=8000)
