from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


async def balance(request):
    return JSONResponse({"balance": 0})


app = Starlette(routes=[Route("/balance", balance)])
