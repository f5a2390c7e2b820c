"""Which functions of a Python file are worth lowering."""

from __future__ import annotations

from textwrap import dedent

import pytest
from mtlslint.parsers import python
from mtlslint.parsers.python.choosing import names
from mtlslint.source import Source


def lowered(text: str, path: str = "app/main.py") -> set[str]:
    """Return the functions of a file that are worth lowering."""
    module = python.read(Source(path, dedent(text).encode())).tree[0]
    return {function.name for function in module.functions}


def test_every_name_of_the_table_that_tells_is_known_when_reading() -> None:
    api = python.language().api
    assert {name.encode() for name in api.vocabulary.names} < names().telling
    assert {name.encode() for name in api.vocabulary.opening} < names().opening
    assert {row.split("::")[0].encode() for row in api.rows} <= names().libraries.keys()


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("import requests\ndef f(): return requests.get(URL)", True),
        ("import requests as web\ndef f(): return web.get(URL)", True),
        ("from requests import get\ndef f(): return get(URL)", True),
        ("def f():\n    import requests\n    return requests.get(URL)", True),
        ("from http.server import *\ndef f(): HTTPServer(('', 80), H)", True),
        ("from pip._vendor import requests\ndef f(): return requests.get(URL)", True),
        ("from .compat import requests\ndef f(): return requests.get(URL)", True),
        ("def f(session): session.verify = False", True),
        ("def f(): return fetch(URL, use_tls=True)", True),
        ("def f(request): return request.headers['X-Client-DN']", True),
        ("def main(): start()", True),
        ("import requests\ndef f(held): return held.get(1)", False),
        ('def f():\n    """Tell whether the certificate is verified."""\n    return 1', False),
        ("import subprocess\ndef f(): subprocess.run(COMMAND)", False),
        ("def f(): return certain(context)", False),
        ("def f(): return AccessList()", False),
        ("def f():\n    # verified above\n    return 1", False),
    ],
)
def test_what_tells(text: str, chosen: bool) -> None:
    assert (lowered(text) & {"f", "main"} != set()) is chosen


def test_callers_and_callees_come_along() -> None:
    assert lowered(
        """
        import ssl

        def host(): return "example.net"
        def connect(): return ssl.create_default_context(), host()
        def around(): connect()
        def outermost(): around()
        def apart(): host()
        """
    ) == {"host", "connect", "around", "outermost"}


def test_what_statements_bind_and_name_comes_along() -> None:
    assert lowered(
        """
        from flask import Flask

        app = Flask(__name__)

        @app.route("/")
        def index(): ...
        def start(): app.run()
        def apart(): ...

        if __name__ == "__main__":
            begin()

        def begin(): start()
        """
    ) == {"start", "begin"}


def test_who_makes_an_object_and_what_it_is_made_with_come_along() -> None:
    assert lowered(
        """
        from http.server import HTTPServer

        class Plain(HTTPServer):
            pass

        class Client:
            def __init__(self, port): self.context, self.port = SSLContext(), port
            def open(self): return wrap(self.port, cert_reqs=0)
            def close(self): self.port = None

        def serve(): Plain(("", 80), H)
        def make(): return Client(443)
        def apart(): ...
        """
    ) == {"__init__", "open", "serve", "make"}


def test_tests_that_only_call_say_nothing() -> None:
    text = """
        import ssl

        def test_calls(): connect()
        def test_opens(): connect().listen()
        def connect(): return ssl.create_default_context()
        """
    assert lowered(text, "tests/test_app.py") == {"connect", "test_opens"}
    assert lowered(text, "app.py") == {"connect", "test_opens", "test_calls"}
