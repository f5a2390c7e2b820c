from aiohttp import web


async def items(request: web.Request) -> web.Response:
    return web.json_response([])


app = web.Application()
app.add_routes([web.get("/items", items)])

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=8080)
