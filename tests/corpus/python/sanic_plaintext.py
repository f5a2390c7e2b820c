"""Toy shop's stock on Sanic."""

from sanic import Sanic
from sanic.response import text

app = Sanic("stock")


@app.get("/")
async def index(request):
    return text("stock")


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000)  # expect: MTLS302
