"""Python servers and clients: rows, keywords, what is passed on, and what isn't code."""

from __future__ import annotations

import textwrap

import pytest
from mtlslint.facts import Claim
from mtlslint.parsers import python
from mtlslint.source import Source
from test_python_contexts import resolve


def settings(text: str, name: str, side: str = "client") -> list[object]:
    endpoints, _ = resolve(app=textwrap.dedent(text))
    return [
        state[name].value
        for one in endpoints
        if one.side == side
        for state in one.states
        if name in state
    ]


@pytest.mark.parametrize(
    ("verify", "expected"),
    [
        ("False", "unverified"),
        ("0", "unverified"),
        ("''", "unverified"),
        ("None", "verified"),
        ("'ca.pem'", "verified"),
        ("self.verify", None),
        ("not args.insecure", None),
    ],
)
def test_requests_verify(verify: str, expected: str | None) -> None:
    text = f"import requests\ndef f(self, args):\n    requests.get('https://a', verify={verify})\n"
    assert expected in settings(text, "peer_chain")


def test_keywords_from_a_dictionary_and_from_elsewhere() -> None:
    known = "import requests\nkw = {'verify': False}\nrequests.get('https://a', **kw)\n"
    assert settings(known, "peer_chain") == ["unverified"]
    unknown = "import requests\ndef f(**kw):\n    requests.get('https://a', **kw)\n"
    assert settings(unknown, "peer_chain") == [None]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("kw = {}; kw.setdefault('verify', False)", "unverified"),
        ("kw = {'verify': True}; kw.setdefault('verify', False)", "verified"),
        ("kw = {'verify': True}; kw.update(verify=False)", "unverified"),
        ("kw = {'verify': True}; kw.update({'verify': False})", "unverified"),
        ("kw = {'verify': True}; kw.update(elsewhere())", "verified"),
        ("first = {'verify': False}; kw = first.copy()", "unverified"),
        ("first = {'verify': False}; kw = {**first, 'timeout': 3}", "unverified"),
        ("first = {'verify': False}; kw = {'verify': first.get('verify', True)}", "unverified"),
        ("first = {'a': 1}; kw = {'verify': first.get('verify', False)}", "unverified"),
        ("first = {'verify': False}; kw = {'verify': first.pop('verify')}", "unverified"),
        ("kw = {}\nfor key, value in {'verify': False}.items(): kw[key] = value", "unverified"),
        ("kw = {}\nfor value in {'a': False}.values(): kw['verify'] = value", "unverified"),
        ("kw = {}; kw['verify'] = elsewhere()", None),
        ("kw = {'verify': False}; kw = {'verify': kw[elsewhere()]}", None),
    ],
)
def test_dictionaries_of_keywords(lines: str, expected: str | None) -> None:
    text = f"import requests\n{lines}\nrequests.get('https://a', **kw)\n"
    assert settings(text, "peer_chain") == [expected]


@pytest.mark.parametrize("base", ["ssl.SSLContext", "Middle"])
def test_a_context_of_ones_own_is_one_of_the_library(base: str) -> None:
    text = f"""
    import ssl
    class Middle(ssl.SSLContext):
        pass
    class Own({base}):
        def dial(self, raw, host):
            self.check_hostname = False
            self.verify_mode = ssl.CERT_NONE
            return self.wrap_socket(raw, server_hostname=host)
    """
    assert settings(text, "peer_chain") == ["unverified"]


def test_a_keyword_on_its_own_line_is_what_is_pointed_to() -> None:
    text = "import requests\nrequests.get(\n    'https://a',\n    verify=False,\n)\n"
    endpoints, sources = resolve(app=text)
    span = endpoints[0].states[0]["peer_chain"].span
    assert sources["app.py"].text(span) == "verify=False"


@pytest.mark.parametrize(
    ("call", "reach", "transport"),
    [
        ("uvicorn.run(app)", "local", "plaintext"),
        ("uvicorn.run(app, host='0.0.0.0')", "network", "plaintext"),
        ("uvicorn.run(app, uds='/run/a')", "local", "plaintext"),
        ("uvicorn.run(app, fd=3)", None, "plaintext"),
        ("uvicorn.run(app, host=h, ssl_certfile='a.pem')", None, "tls"),
        ("uvicorn.run(app, **options)", None, None),
    ],
)
def test_where_uvicorn_listens(call: str, reach: str | None, transport: str | None) -> None:
    text = f"import uvicorn\ndef main(app, h, options):\n    {call}\n"
    assert settings(text, "reach", "server") == [reach]
    assert settings(text, "transport", "server") == [transport]


@pytest.mark.parametrize(
    ("bind", "reach"),
    [
        ("['127.0.0.1:1', '0.0.0.0:2']", "network"),
        ("['127.0.0.1:1', '[::1]:2']", "local"),
        ("'0.0.0.0:1'", "network"),
        ("[]", "local"),
        ("where()", None),
    ],
)
def test_of_several_addresses_the_farthest_counts(bind: str, reach: str | None) -> None:
    text = f"from hypercorn.config import Config\nconfig = Config()\nconfig.bind = {bind}\n"
    assert settings(text, "reach", "server") == [reach]


def test_a_wrapped_server_is_one_endpoint() -> None:
    text = """
    import ssl
    from http.server import HTTPServer
    def main(handler):
        httpd = HTTPServer(("0.0.0.0", 443), handler)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
    """
    endpoints, _ = resolve(app=textwrap.dedent(text))
    assert [(one.address, one.states[0]["transport"].value) for one in endpoints] == [
        (("0.0.0.0", 443), "tls")
    ]


def test_one_app_on_two_listeners_is_a_twin() -> None:
    text = """
    from hypercorn.config import Config
    config = Config()
    config.bind = ["0.0.0.0:8443"]
    config.certfile, config.ca_certs = "a.pem", "ca.pem"
    config.verify_mode = 2
    config.insecure_bind = ["0.0.0.0:8080"]
    """
    from mtlslint.facts import Paths, Project

    source = Source("app.py", textwrap.dedent(text).encode(), "app.py")
    document = python.resolve(Project({"app.py": python.read(source)}, Paths(("app.py",))))
    assert len(document.endpoints) == len(document.twins) == 2


def test_words_that_are_no_code() -> None:
    text = '''
    """requests.get(url, verify=False)"""
    import requests
    # ssl._create_default_https_context = ssl._create_unverified_context
    NOTE = "verify=False"
    def f(mode, ssl):
        if mode != "CERT_NONE" and ssl.verify_mode == ssl.CERT_NONE:
            print("verify=False")
    '''
    assert resolve(app=textwrap.dedent(text))[0] == ()


def test_a_half_typed_file_is_read_around_the_gap() -> None:
    text = "import requests\ndef a():\n    print(f'{x}'\n\n"
    text += "def b():\n    requests.get('https://a', verify=False)\n"
    assert settings(text, "peer_chain") == ["unverified"]


def test_what_is_claimed() -> None:
    assert python.claims("a/b.py", b"") is Claim.YES
    assert python.claims("bin/tool", b"#!/usr/bin/env python3\n") is Claim.YES
    assert python.claims("bin/tool", b"#!/bin/sh\n") is Claim.NO


def test_an_identity_header_is_the_servers() -> None:
    text = """
    from flask import Flask, request
    app = Flask(__name__)
    @app.get("/")
    def index():
        return "ok" if request.headers.get("X-SSL-Client-Verify") == "SUCCESS" else "no"
    app.run(host="0.0.0.0")
    """
    assert settings(text, "client_identity", "server") == ["header"]


def test_deep_nesting_and_long_files_are_survived() -> None:
    for data in (
        b"ssl" + b"(" * 5000,
        b"ssl\n" + b"if x:\n " * 900,
        b"x = " + b"[" * 9000,
        b"\0\xff",
    ):
        source = Source("a.py", data, "a.py")
        assert python.read(source).path == "a.py"
