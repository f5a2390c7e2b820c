"""Mutual TLS for callers, plaintext for the probe on this machine."""

import asyncio
import ssl

from aiohttp import web


async def healthz(request):
    return web.json_response({"ok": True})


async def whoami(request):
    cert = request.get_extra_info("peercert")
    names = [value for kind, value in cert.get("subjectAltName", ()) if kind == "URI"]
    return web.json_response({"names": names})


def application():
    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/whoami", whoami)])
    return app


def context_from(files):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files["cert"], files["key"])
    context.load_verify_locations(files["ca"])
    context.verify_mode = ssl.CERT_REQUIRED
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


async def main():
    files = {"cert": "/tls/tls.crt", "key": "/tls/tls.key", "ca": "/tls/ca.crt"}
    runner = web.AppRunner(application())
    await runner.setup()
    sites = [
        web.TCPSite(runner, host="0.0.0.0", port=8443, ssl_context=context_from(files)),
        web.TCPSite(runner, host="127.0.0.1", port=8080),
        web.TCPSite(runner, "::1", 8080),
        web.UnixSite(runner, "/run/whoami.sock"),
    ]
    for site in sites:
        await site.start()
    try:
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def development():
    web.run_app(application(), host="localhost", port=8080)


if __name__ == "__main__":
    asyncio.run(main())
