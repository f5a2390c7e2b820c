"""What contexts of `ssl` do, under each Python of this machine.

Every program of up to two assignments (one under the Pythons that don't run the tests) is read by
the parser and run. Attributes are compared: that they mean what the model's words say is shown by
handshakes.
"""

from __future__ import annotations

import ssl
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest
from authority import Files
from beliefs import Settings, endpoints, states
from interpreters import ask, interpreters
from mtlslint.model import Origin
from mtlslint.targets import Version
from sequences import FOREIGN, about_peers, about_versions, programs

MODES = ("none", "optional", "required")
CHECKED = {True: "verified", False: "unverified"}
PEERS = {"server": ("client_auth",), "client": ("peer_chain", "peer_name")}
by_version = pytest.mark.parametrize("version", interpreters(), ids="Python {0[0]}.{0[1]}".format)
on_each_side = pytest.mark.parametrize("side", PEERS)


def client_auth(mode: int, late: bool, spoken: list[str]) -> str:
    """Return what clients without a certificate meet: who is asked after the handshake is in."""
    deferred = late and "TLSv1_3" in spoken and MODES[mode] == "required"
    return "optional" if deferred else MODES[mode]


def _peers(state: Mapping[str, Any]) -> dict[str, str]:
    return {
        "client_auth": client_auth(state["mode"], state["late"], state["spoken"]),
        "peer_chain": CHECKED[state["mode"] > 0],
        "peer_name": CHECKED[state["name"]],
    }


def _runs(
    version: Version, setters: list[str], side: str
) -> Iterator[tuple[str, list[Settings], Mapping[str, Any]]]:
    """Yield each program that raises nothing: what is read from it, and how it ended."""
    texts = list(programs(setters, side, 2 if version == sys.version_info[:2] else 1))
    answers = ask(interpreters()[version], "contexts.py", texts)
    for text, found, state in zip(texts, endpoints(texts, version), answers, strict=True):
        if "raised" not in state:
            yield text, states(found, side), state


@by_version
@on_each_side
def test_who_is_let_in(version: Version, side: str) -> None:
    wrong = []
    for text, found, state in _runs(version, about_peers(), side):
        truth = _peers(state)
        for name in PEERS[side]:
            said = {one[name].value for one in found if name in one} - {None}
            silent = not said and any(made in text for made in FOREIGN[side])
            if said != {truth[name]} and not silent:
                wrong.append((text, name, said, truth[name]))
    assert wrong == []


@by_version
@on_each_side
def test_which_versions_are_spoken(version: Version, side: str) -> None:
    wrong = []
    for text, found, state in _runs(version, about_versions(), side):
        spoken = [one.replace("_", ".") for one in state["spoken"]]
        for said in (one["min_version"] for one in found if "min_version" in one):
            by_openssl = version < (3, 10) and said.origin is Origin.PRESET
            if not by_openssl and said.known and spoken and _misled(str(said.value), spoken[0]):
                wrong.append((text, said.value, spoken))
    assert wrong == []


def _misled(said: str, lowest: str) -> bool:
    """Say whether rules are: of flags that leave one version out, no floor is made."""
    return said > lowest or (said < "TLSv1.2") != (lowest < "TLSv1.2")


def _meet(server: ssl.SSLContext, client: ssl.SSLContext) -> bool:
    """Shake hands in memory, and say whether the server takes the client's first words."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        client.wrap_bio(back, there, server_hostname="localhost"),
        server.wrap_bio(there, back, server_side=True),
    ]
    try:
        for _ in range(3):
            for end in ends:
                _go_on(end)
        ends[0].write(b"words")
        return ends[1].read(5) == b"words"
    except ssl.SSLError:
        return False


def _go_on(end: ssl.SSLObject) -> None:
    with suppress(ssl.SSLWantReadError):
        end.do_handshake()


@pytest.mark.parametrize("top", ["TLSv1_2", "TLSv1_3"])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("mode", [0, 1, 2])
def test_modes_of_a_server_mean_what_they_say(
    files: Files, mode: int, late: bool, top: str
) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(files.server)
    server.load_verify_locations(files.ca)
    server.verify_mode = ssl.VerifyMode(mode)
    server.post_handshake_auth = late
    server.maximum_version = ssl.TLSVersion[top]
    without, strange = (ssl.create_default_context(cafile=files.ca) for _ in range(2))
    strange.load_cert_chain(files.strange_client)
    said = client_auth(mode, late, ["TLSv1_2", top])
    assert _meet(server, without) == (said != "required")
    if not late:
        assert _meet(server, strange) == (said == "none")


@pytest.mark.parametrize("name", [False, True])
@pytest.mark.parametrize("mode", [0, 1, 2])
def test_modes_of_a_client_mean_what_they_say(files: Files, mode: int, name: bool) -> None:
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.load_verify_locations(files.ca)
    client.check_hostname = name and mode > 0
    client.verify_mode = ssl.VerifyMode(mode)
    state = {"mode": mode, "name": client.check_hostname, "late": False, "spoken": []}
    for peer, setting in (("stranger", "peer_chain"), ("misnamed", "peer_name")):
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(getattr(files, peer))
        assert _meet(server, client) == (_peers(state)[setting] == "unverified")
