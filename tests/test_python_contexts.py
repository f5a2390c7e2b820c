"""Python contexts: what their settings are, and where each is set."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pytest
from mtlslint.facts import Paths, Project
from mtlslint.model import Endpoint
from mtlslint.parsers import python
from mtlslint.source import Source


def resolve(**files: str) -> tuple[tuple[Endpoint, ...], dict[str, Source]]:
    return resolved({f"{name.replace('__', '/')}.py": text for name, text in files.items()})


def resolved(files: Mapping[str, str]) -> tuple[tuple[Endpoint, ...], dict[str, Source]]:
    """Return the endpoints of files by path, and the files."""
    named = {path: textwrap.dedent(text) for path, text in files.items()}
    sources = {path: Source(path, text.encode(), path) for path, text in named.items()}
    facts = {path: python.read(source) for path, source in sources.items()}
    return python.resolve(Project(facts, Paths(tuple(facts)))).endpoints, sources


def values(text: str, name: str) -> list[tuple[object, str]]:
    """Return a setting's values in all states, with the text of where each is set."""
    endpoints, sources = resolve(app="import ssl\n" + textwrap.dedent(text))
    found = []
    for endpoint in endpoints:
        for state in endpoint.states:
            if name in state:
                setting = state[name]
                found.append((setting.value, sources[setting.span.path].text(setting.span)))
    return found


SERVER = "c = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)\n"
CLIENT = "c = ssl.create_default_context()\n"


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("ssl.CERT_REQUIRED", "required"),
        ("ssl.VerifyMode.CERT_OPTIONAL", "optional"),
        ("True", "optional"),
        ("2", "required"),
        ("settings.mode", None),
    ],
)
def test_verify_mode_of_a_server(mode: str, expected: str | None) -> None:
    assert values(f"{SERVER}c.verify_mode = {mode}\n", "client_auth") == [
        (expected, f"c.verify_mode = {mode}")
    ]


def test_a_server_that_asks_for_nothing_points_to_its_constructor() -> None:
    text = f"{SERVER}c.check_hostname = False\nc.verify_mode = ssl.CERT_NONE\n"
    [(value, where)] = values(text, "client_auth")
    assert (value, where) == ("none", "ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)")


def test_checking_the_name_switches_verification_on() -> None:
    text = "c = ssl.SSLContext(ssl.PROTOCOL_TLS)\nc.check_hostname = True\nc.wrap_socket(s)\n"
    assert values(text, "peer_chain") == [("verified", "c.check_hostname = True")]


def test_later_writes_win() -> None:
    text = f"{CLIENT}c.check_hostname = False\nc.verify_mode = 0\nc.verify_mode = 2\n"
    assert values(text, "peer_chain") == [("verified", "c.verify_mode = 2")]


def test_a_flag_gives_two_states_that_hold_together() -> None:
    text = f"{CLIENT}if loose:\n    c.check_hostname = False\n    c.verify_mode = ssl.CERT_NONE\n"
    endpoints, _ = resolve(app="import ssl\n" + text)
    states = {
        (state["peer_chain"].value, state["peer_name"].value) for state in endpoints[0].states
    }
    assert states == {("verified", "verified"), ("unverified", "unverified")}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("c.minimum_version = ssl.TLSVersion.TLSv1_2", "TLSv1.2"),
        ("c.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED", "TLSv1"),
        ("c.options |= ssl.OP_NO_TLSv1", "TLSv1"),
        ("c.options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1", "TLSv1.2"),
        (
            "c.options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1\nc.options &= ~ssl.OP_NO_TLSv1",
            "TLSv1",
        ),
        ("c.options |= OTHER", None),
    ],
)
def test_floors(lines: str, expected: str | None) -> None:
    text = f"c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n{lines}\n"
    assert [value for value, _ in values(text, "min_version")] == [expected]


@pytest.mark.parametrize(
    "imports",
    [
        "import ssl as tls",
        "from gevent import ssl as tls",
        "try:\n    import ssl as tls\nexcept ImportError:\n    tls = None",
    ],
)
def test_what_ssl_is(imports: str) -> None:
    endpoints, _ = resolve(app=f"{imports}\nc = tls._create_unverified_context()\n")
    assert [one.states[0]["peer_chain"].value for one in endpoints] == ["unverified"]


def test_a_module_of_the_project_that_is_called_ssl_is_another() -> None:
    endpoints, _ = resolve(
        pkg____init__="",
        pkg__ssl="def _create_unverified_context(): pass\n",
        pkg__app="from . import ssl\nc = ssl._create_unverified_context()\n",
    )
    assert endpoints == ()


def test_a_helper_of_another_module_loosened_here_points_here() -> None:
    helper = "import ssl\ndef make():\n    c = ssl.create_default_context()\n    return c\n"
    user = "from helper import make\nc = make()\nc.check_hostname = False\n"
    endpoints, sources = resolve(helper=helper, user=user)
    settings = [state["peer_name"] for one in endpoints for state in one.states]
    loose = [one for one in settings if one.value == "unverified"]
    assert [sources[one.span.path].text(one.span) for one in loose] == ["c.check_hostname = False"]


def test_an_object_keeps_its_context() -> None:
    text = """
    class Client:
        def __init__(self, ca):
            self.context = ssl.create_default_context(cafile=ca)
            self.context.check_hostname = False

        def dial(self, raw, host):
            return self.context.wrap_socket(raw, server_hostname=host)
    """
    endpoints, _ = resolve(app="import ssl\n" + textwrap.dedent(text))
    assert [(one.side, one.name) for one in endpoints] == [
        ("client", "app.py: wrap_socket in Client::dial")
    ]
    assert endpoints[0].states[0]["peer_name"].value == "unverified"


def test_a_client_context_is_no_server_however_paths_are_mixed() -> None:
    text = """
    def wrap(raw, server):
        context = ssl.create_default_context()
        return context.wrap_socket(raw, server_side=server or True)
    """
    endpoints, _ = resolve(app="import ssl\n" + textwrap.dedent(text))
    assert all(one.side == "client" for one in endpoints)
