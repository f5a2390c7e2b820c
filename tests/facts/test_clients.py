"""What clients make of certificates: what the parser reads from a program, and what it does."""

from __future__ import annotations

import ssl
import subprocess
import sys
from contextlib import suppress

import pytest
from authority import Files
from beliefs import endpoints, said
from installed import require
from listening import PATIENCE, Listening, Meeting, protocols
from programs import Program, programs

SEEN = ("transport", "peer_chain", "peer_name", "client_certificate")
CHECKED = {True: "unverified", False: "verified"}


@pytest.mark.parametrize("program", programs("client"), ids=str)
def test_a_client_does_what_is_read(
    program: Program, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    require(program.library)
    monkeypatch.setattr(ssl, "_create_default_https_context", ssl.create_default_context)
    meets = {peer: _met(program, files, peer) for peer in ("server", "stranger", "misnamed")}
    if not any(one.trusted for one in meets["server"]):
        refused = all(one.tls for one in meets["server"])
        assert not (refused and program.sure), "the library refuses it"
        return
    [found] = endpoints([program.written(files, 443)])
    known = said(found, "client", program.endpoint)
    known = {name: value for name, value in known.items() if name in SEEN}
    assert known == {name: _truth(name, meets) for name in known}
    assert known or program.needs_more(), "nothing is read"


def _met(program: Program, files: Files, peer: str) -> list[Meeting]:
    with Listening(files, peer, protocols()[program.spec.protocol]) as server:
        text = program.written(files, server.port)
        if program.spec.alone:
            with suppress(subprocess.SubprocessError):
                command = [sys.executable, "-c", text]
                subprocess.run(command, capture_output=True, timeout=10 * PATIENCE)
        else:
            with suppress(Exception):  # what a library raises is its own
                exec(compile(text, "program", "exec"), {"__name__": "program"})
    return server.meetings


def _truth(setting: str, meets: dict[str, list[Meeting]]) -> str:
    """Return what was seen of a setting."""
    trusted = {peer: any(one.trusted for one in found) for peer, found in meets.items()}
    if setting == "peer_chain":
        return CHECKED[trusted["stranger"]]
    if setting == "peer_name":
        return CHECKED[trusted["misnamed"]]
    if setting == "client_certificate":
        return "presented" if meets["server"][-1].showed_certificate else "absent"
    return "tls" if any(one.tls for one in meets["server"]) else "plaintext"
