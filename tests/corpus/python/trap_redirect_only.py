"""Port 80 sends everybody to https; the pages themselves need a certificate."""

import asyncio
import ssl

from aiohttp import web


async def redirect(request):
    raise web.HTTPPermanentRedirect(f"https://{request.host}{request.path_qs}")


async def page(request):
    return web.Response(text="members only")


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="members.pem")
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_cert_chain("club.pem")
    return made


async def main():
    door = web.Application()
    door.router.add_route("*", "/{path:.*}", redirect)
    pages = web.Application()
    pages.router.add_get("/", page)
    first, second = web.AppRunner(door), web.AppRunner(pages)
    await first.setup()
    await second.setup()
    await web.TCPSite(first, "0.0.0.0", 80).start()
    await web.TCPSite(second, "0.0.0.0", 443, ssl_context=context()).start()
    await asyncio.Event().wait()


asyncio.run(main())
