import asyncio

from aiohttp import web

api = web.Application()
metrics = web.Application()


async def main() -> None:
    for app, port in ((api, 8080), (metrics, 9100)):
        runner = web.AppRunner(app)
        await runner.setup()
        await start(runner, port)
    await asyncio.Event().wait()


async def start(runner: web.AppRunner, port: int) -> None:
    site = web.TCPSite(runner, "0.0.0.0", port)  # expect: MTLS303
    await site.start()


asyncio.run(main())
