"""Community calendar, for everybody with a browser."""
# corpus: profile=tls

import asyncio
import datetime
import ssl

from aiohttp import web

events = []


async def index(request):
    upcoming = [event for event in events if event["day"] >= datetime.date.today().isoformat()]
    return web.json_response(sorted(upcoming, key=lambda event: event["day"]))


async def propose(request):
    form = await request.post()
    events.append({"day": form["day"], "title": form["title"]})
    raise web.HTTPSeeOther("/")


async def redirect(request):
    raise web.HTTPPermanentRedirect(f"https://{request.host}{request.path_qs}")


def site_context():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain("/etc/letsencrypt/live/calendar/fullchain.pem",
                            "/etc/letsencrypt/live/calendar/privkey.pem")
    context.set_alpn_protocols(["http/1.1"])
    return context


async def start(app, port, context=None):
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", port, ssl_context=context).start()


async def main():
    site = web.Application()
    site.router.add_get("/", index)
    site.router.add_post("/", propose)
    plain = web.Application()
    plain.router.add_route("*", "/{path:.*}", redirect)
    await start(site, 443, site_context())
    await start(plain, 80)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
