"""Thumbnails. One process for the outside, one for the operator of the machine."""

import asyncio
import io
import logging

import uvicorn
from fastapi import FastAPI, Response, UploadFile
from PIL import Image

logging.basicConfig(level=logging.INFO)
app = FastAPI()
admin = FastAPI()
sizes = {"small": 64, "medium": 256}
counter = {"made": 0}


@app.post("/thumbnail/{size}")
async def thumbnail(size: str, image: UploadFile) -> Response:
    picture = Image.open(io.BytesIO(await image.read()))
    edge = sizes.get(size, 128)
    picture.thumbnail((edge, edge))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    counter["made"] += 1
    return Response(out.getvalue(), media_type="image/jpeg")


@admin.get("/made")
async def made() -> dict[str, int]:
    return counter


async def both() -> None:
    public = uvicorn.Config(app, host="0.0.0.0", port=8000, proxy_headers=True)  # expect: MTLS302
    local = uvicorn.Config(admin, host="127.0.0.1", port=8001, log_level="warning")
    await asyncio.gather(uvicorn.Server(public).serve(), uvicorn.Server(local).serve())


def reload() -> None:
    """For work on the code: uvicorn's own default address is 127.0.0.1."""
    uvicorn.run("uvicorn_plaintext:app", reload=True)


def single() -> None:
    uvicorn.run(app, host="::", port=8080)  # expect: MTLS302


if __name__ == "__main__":
    asyncio.run(both())
