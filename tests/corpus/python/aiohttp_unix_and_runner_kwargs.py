"""Cash desks on aiohttp: AppRunner, sock and several hosts at once."""

import asyncio
import ssl

from aiohttp import web


async def sale(request):
    return web.json_response(await request.json())


def context(mode=ssl.CERT_REQUIRED):
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="desks.pem")
    made.load_cert_chain("till.pem")
    made.verify_mode = mode
    return made


async def main():
    app = web.Application()
    app.router.add_post("/sales", sale)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 8443, ssl_context=context()).start()
    await web.UnixSite(runner, "/run/till.sock").start()


def several():
    web.run_app(web.Application(), host=["127.0.0.1", "::1"], port=8080)


def public():
    web.run_app(web.Application(), host=["127.0.0.1", "10.0.0.5"], port=8081)  # expect: MTLS302


if __name__ == "__main__":
    asyncio.run(main())
