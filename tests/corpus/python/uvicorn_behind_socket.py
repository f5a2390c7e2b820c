"""Feature flags, served to the proxy on the same machine."""

import argparse
import json
import os
import pathlib

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

STATE = pathlib.Path(os.environ.get("FLAGS_FILE", "flags.json"))

# host="0.0.0.0" was here until the proxy moved onto this machine.


def load() -> dict[str, bool]:
    return json.loads(STATE.read_text()) if STATE.exists() else {}


async def flags(request: Request) -> JSONResponse:
    team = request.path_params["team"]
    return JSONResponse({k: v for k, v in load().items() if k.startswith(team)})


async def toggle(request: Request) -> JSONResponse:
    known = load()
    name = request.path_params["name"]
    known[name] = not known.get(name, False)
    STATE.write_text(json.dumps(known))
    return JSONResponse({name: known[name]})


app = Starlette(
    routes=[
        Route("/flags/{team}", flags),
        Route("/flags/{name}", toggle, methods=["POST"]),
    ]
)


def on_socket() -> None:
    uvicorn.run(app, uds="/run/flags/http.sock", forwarded_allow_ips="*")


def on_loopback() -> None:
    uvicorn.run(app, host="localhost", port=9000)


def by_systemd() -> None:
    uvicorn.run(app, fd=3)


def as_told(args: argparse.Namespace) -> None:
    uvicorn.run(app, host=args.host, port=args.port)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True, help="for instance 0.0.0.0")
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--mode", choices=["socket", "loopback", "systemd", "told"])
    args = parser.parse_args()
    {
        "socket": on_socket,
        "loopback": on_loopback,
        "systemd": by_systemd,
    }.get(args.mode, lambda: as_told(args))()


if __name__ == "__main__":
    main()
