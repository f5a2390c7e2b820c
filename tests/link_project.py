"""Small projects of a proxy and an app, checked whole."""

from __future__ import annotations

from textwrap import dedent

from marks import run
from mtlslint.engine import Result

EDGE = """\
server {{
    listen 443 ssl;
    server_name shop.example.com;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_client_certificate /etc/nginx/ca.pem;
    ssl_verify_client on;
    location / {{ proxy_pass http://{upstream}; }}
}}
"""
APP = """\
import uvicorn
from web import app

uvicorn.run(app, host="{host}", port={port})
"""


def edge(upstream: str) -> str:
    """Return an nginx server that demands client certificates and passes everything on."""
    return EDGE.format(upstream=upstream)


def app(port: int, host: str = "0.0.0.0") -> str:
    """Return a Python program that serves in plaintext."""
    return APP.format(host=host, port=port)


def checked(files: dict[str, str]) -> Result:
    """Check a project held in memory, under the profile mtls."""
    return run({path: dedent(text).encode() for path, text in files.items()}, "mtls")


def links(files: dict[str, str]) -> list[tuple[str, bool]]:
    """Return the files of the apps that hops lead to, and whether that is certain."""
    document = checked(files).document
    paths = {each.id: each.head.path for each in document.endpoints}
    return sorted((paths[each.app], each.certain) for each in document.links)


def rules(files: dict[str, str]) -> list[tuple[str, str]]:
    """Return the rules that are found, by file."""
    found = checked(files).findings
    return sorted((each.span.path, each.rule) for each in found if each.level.word != "note")
