"""The reading room: port 80 sends people on, except from the one page that it serves itself."""

import asyncio
import ssl

from aiohttp import web


async def to_https(request):
    raise web.HTTPMovedPermanently(location=str(request.url.with_scheme("https")))


async def robots(request):
    return web.Response(text="User-agent: *\nDisallow: /\n")


async def perhaps(request):
    if request.path.startswith("/health"):
        return web.Response(text="ok")
    raise web.HTTPFound("https://reading.example.org/")


def strict():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="readers.pem")
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_cert_chain("room.pem")
    return made


async def start(app, port, context=None):
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", port, ssl_context=context).start()


async def main():
    room = web.Application()
    room.router.add_get("/", robots)
    await start(room, 443, strict())
    await asyncio.Event().wait()


def serve_door():
    door = web.Application()
    door.router.add_get("/{tail:.*}", to_https)
    web.run_app(door, port=80)


def serve_robots():
    door = web.Application()
    door.router.add_get("/robots.txt", robots)
    door.router.add_get("/{tail:.*}", to_https)
    web.run_app(door, port=8080)  # expect: MTLS302


def serve_health():
    door = web.Application()
    door.router.add_get("/{tail:.*}", perhaps)
    web.run_app(door, port=8081)  # expect: MTLS302


def serve_table():
    door = web.Application()
    door.add_routes([web.get("/robots.txt", robots)])
    web.run_app(door, port=8082)  # expect: MTLS302


if __name__ == "__main__":
    asyncio.run(main())
