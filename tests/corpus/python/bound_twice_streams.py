"""Lock service: one handler behind two doors."""

import asyncio
import ssl

from aiohttp import web


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="lockers.pem")
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_cert_chain("locks.pem")
    return made


async def lock(request):
    return web.json_response({"locked": request.match_info["name"]})


async def main():
    app = web.Application()
    app.router.add_post("/locks/{name}", lock)
    runner = web.AppRunner(app)
    await runner.setup()
    strict = web.TCPSite(runner, port=8443, ssl_context=context())
    await strict.start()
    open_door = web.TCPSite(runner, host="0.0.0.0", port=8080)  # expect: MTLS105 MTLS302
    await open_door.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
