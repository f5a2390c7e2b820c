"""Whom servers let in, and where: what the parser reads from a program, and what it does."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from authority import Files
from beliefs import endpoints, said
from installed import require
from programs import Program, programs
from visiting import VERSIONS, Visitor, free_port, reachable, running

SEEN = ("transport", "reach", "client_auth", "client_chain", "min_version")
ELSEWHERE = "127.0.0.2"
"""An address of this machine at which only those are found who listen on all."""


@pytest.mark.parametrize("program", programs("server"), ids=str)
def test_a_server_does_what_is_read(program: Program, files: Files, tmp_path: Path) -> None:
    require(program.library)
    port = free_port()
    text = program.written(files, port)
    (tmp_path / program.spec.file).write_text(text, encoding="utf-8")
    [found] = endpoints([text], name=program.spec.file)
    known = said(found, "server", program.endpoint)
    command = [*program.spec.command] or [program.spec.file]
    with running(tmp_path, command, port) if _compiles(text) else nullcontext(False) as started:
        assert started or not program.sure, "the library refuses it"
        if started:
            seen = _seen(Visitor(files, port, program.spec.speaks), port)
            compared = {name: known[name] for name in _comparable(known) if name in seen}
            assert compared == {name: seen[name] for name in compared}
            assert compared or program.needs_more(), "nothing is read"


def _comparable(known: dict[str, object]) -> list[str]:
    """Return what of a program's settings shows from outside.

    OpenSSL 3 keeps old versions out whatever the minimum; who takes any certificate may as well
    not ask.
    """
    names = [name for name in SEEN if name in known]
    hidden = {"min_version"} if str(known.get("min_version")) < "TLSv1.2" else set()
    asks_in_vain = known.get("client_chain") == "unverified" and known["client_auth"] == "optional"
    return [
        name for name in names if name not in hidden | ({"client_auth"} if asks_in_vain else set())
    ]


def _compiles(text: str) -> bool:
    """Say whether it is Python at all: a row's words may double what the program says itself."""
    try:
        compile(text, "program", "exec")
    except SyntaxError:
        return False
    return True


def _seen(visitor: Visitor, port: int) -> dict[str, str]:
    """Return what shows from outside; of who is let in, only if somebody is."""
    seen = {"reach": "network" if reachable(ELSEWHERE, port) else "local"}
    if visitor.is_answered_plainly():
        return {**seen, "transport": "plaintext"}
    without, ours, strange = (visitor.is_served(who) for who in (None, "client", "strange_client"))
    if not ours:
        return seen
    lowest = next(one for one in VERSIONS if visitor.is_served("client", one))
    return {
        **seen,
        "transport": "tls",
        "client_auth": ("none" if strange else "optional") if without else "required",
        "client_chain": "unverified" if strange else "verified",
        "min_version": lowest.replace("_", "."),
    }
