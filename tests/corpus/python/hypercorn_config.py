"""Chat backend on hypercorn."""

import asyncio
import signal
import ssl

from hypercorn.asyncio import serve
from hypercorn.config import Config
from quart import Quart, jsonify, request, websocket

app = Quart(__name__)
rooms: dict[str, set[asyncio.Queue]] = {}


@app.get("/rooms")
async def list_rooms():
    return jsonify(sorted(rooms))


@app.websocket("/rooms/<name>")
async def join(name):
    queue: asyncio.Queue = asyncio.Queue()
    rooms.setdefault(name, set()).add(queue)
    try:
        while True:
            await websocket.send(await queue.get())
    finally:
        rooms[name].discard(queue)


@app.post("/rooms/<name>")
async def say(name):
    text = (await request.get_data()).decode()
    for queue in rooms.get(name, ()):
        queue.put_nowait(text)
    return "", 204


def config_for_members() -> Config:
    config = Config()
    config.bind = ["0.0.0.0:8443"]
    config.certfile = "tls/chat.pem"
    config.keyfile = "tls/chat.key"
    config.ca_certs = "tls/members-ca.pem"
    config.verify_mode = ssl.VerifyMode.CERT_OPTIONAL  # expect: MTLS101
    config.accesslog = "-"
    return config


def config_for_bots() -> Config:
    config = Config()
    config.bind = ["0.0.0.0:9443"]
    config.certfile = "tls/chat.pem"
    config.keyfile = "tls/chat.key"
    config.ca_certs = "tls/bots-ca.pem"  # expect: MTLS104
    return config


def config_for_rehearsal() -> Config:
    config = Config()
    config.bind = ["0.0.0.0:8080"]  # expect: MTLS302
    config.use_reloader = True
    return config


async def main(config: Config) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(app, config, shutdown_trigger=stop.wait)


if __name__ == "__main__":
    import sys

    configs = {"members": config_for_members, "bots": config_for_bots}
    asyncio.run(main(configs.get(sys.argv[1], config_for_rehearsal)()))
