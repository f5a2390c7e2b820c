"""What the settings gathered on a path amount to in the end."""

from __future__ import annotations

import pytest
from mtlslint.code.finish import EITHER, effective_floor, final
from mtlslint.model import Origin, Setting, State
from mtlslint.source import Span


def ended(side: str = "server", **said: object) -> State:
    """Return the state of settings; `_` stands for a dot, a tuple gives value and origin.

    Each is at a place of its own, in the order in which they are given.
    """
    settings = {}
    for at, (name, value) in enumerate(said.items()):
        known, origin = value if isinstance(value, tuple) else (value, Origin.EXPLICIT)
        settings[name.replace("__", ".")] = Setting(known, Span("a", at, at + 1), origin)  # type: ignore[arg-type]
    return final(settings, side)


@pytest.mark.parametrize(
    ("said", "auth", "at", "via"),
    [
        ({"client_auth": "required", "auth__late": "on"}, "optional", 1, [0]),
        ({"client_auth": "required", "auth__late": "off"}, "required", 0, []),
        ({"client_auth": "required", "auth__late": None}, "required", 0, []),
        ({"client_auth": "none", "auth__late": "on"}, "none", 0, []),
        (
            {"client_auth": "required", "auth__late": "on", "max_version": "TLSv1.3"},
            "optional",
            1,
            [0],
        ),
        (
            {"client_auth": "required", "auth__late": "on", "max_version": "TLSv1.2"},
            "required",
            0,
            [],
        ),
        ({"client_auth": "required", "auth__late": "on", "max_version": None}, "required", 0, []),
        ({"client_auth": "required", "auth__optional": "on"}, "optional", 1, [0]),
        ({"client_auth": "required", "auth__optional": None}, None, 1, [0]),
        ({"client_auth": "required", "auth__optional": "off"}, "required", 0, []),
        ({"client_auth": "none", "auth__optional": "on"}, "none", 0, []),
        ({"client_auth": "none", "auth__shared": "on"}, None, 1, []),
        ({"client_auth": "required", "auth__shared": "on"}, "required", 0, []),
        ({"client_auth": "none", "intent__ca": "asked"}, "none", 0, []),
        ({"client_auth": ("none", Origin.DEFAULT), "intent__ca": "asked"}, "none", 1, [0]),
        ({"client_auth": ("none", Origin.DEFAULT), "intent__ca": "none"}, "none", 0, []),
        ({"client_auth": ("required", Origin.DEFAULT), "intent__ca": "asked"}, "required", 0, []),
    ],
)
def test_client_authentication(
    said: dict[str, object], auth: str | None, at: int, via: list[int]
) -> None:
    found = ended(**said)["client_auth"]
    assert (found.value, found.span.start) == (auth, at)
    assert [span.start for span in found.via] == via


@pytest.mark.parametrize(
    ("said", "intent", "at"),
    [
        ({"intent__ca": "asked", "intent__mode": "asked"}, "asked", 0),
        ({"intent__mode": "asked", "intent__ca": "asked"}, "asked", 1),
        ({"intent__mode": "asked", "intent__ca": "none"}, "asked", 0),
        ({"intent__mode": "asked", "intent__hint": "none"}, "asked", 0),
        ({"intent__hint": "asked"}, "asked", 0),
        ({"client_auth_intent": "none", "intent__hint": "asked"}, "asked", 1),
        ({"client_auth_intent": "asked", "intent__hint": "asked"}, "asked", 0),
        ({"client_auth_intent": "none", "intent__ca": "none"}, "none", 0),
    ],
)
def test_intents(said: dict[str, object], intent: str, at: int) -> None:
    found = ended(**said)["client_auth_intent"]
    assert (found.value, found.span.start) == (intent, at)


STRONG = "ECDHE-RSA-AES128-GCM-SHA256"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"ciphers": "strong", "ciphers__level": 0, "ciphers__list": "ALL"}, "weak"),
        ({"ciphers": "strong", "ciphers__level": 1, "ciphers__list": "ALL"}, "strong"),
        ({"ciphers": "strong", "ciphers__level": None, "ciphers__list": "ALL"}, "strong"),
        ({"ciphers": "strong", "ciphers__level": 0, "ciphers__list": STRONG}, "strong"),
        ({"ciphers": "strong", "ciphers__level": 0, "ciphers__list": None}, "strong"),
        ({"ciphers": "strong", "ciphers__level": 0}, "strong"),
    ],
)
def test_security_levels(said: dict[str, object], found: str) -> None:
    assert ended(**said)["ciphers"].value == found


def test_a_list_that_is_weak_anyway_is_said_where_it_stands() -> None:
    state = ended(ciphers="weak", ciphers__level=0, ciphers__list="ALL")
    assert state["ciphers"].span.start == 0
    state = ended(ciphers="strong", ciphers__level=0, ciphers__list="ALL")
    assert (state["ciphers"].span.start, state["ciphers"].via[0].start) == (1, 2)


@pytest.mark.parametrize(("origin", "known"), [(Origin.DEFAULT, False), (Origin.EXPLICIT, True)])
def test_peers_that_may_share_a_key(origin: Origin, known: bool) -> None:
    state = ended(
        "client",
        peer_chain=("unverified", origin),
        peer_name=("unverified", origin),
        auth__shared=1,
    )
    for name in ("peer_chain", "peer_name"):
        assert (state[name].value == "unverified") is known


def test_early_data_that_nothing_comes_of() -> None:
    assert ended(early_data="on")["early_data"].value == "on"
    assert ended(early_data="on", early__none="on")["early_data"].value == "off"
    assert "early_data" not in ended(early__none="on")


def test_what_is_told_of_which_side() -> None:
    both = {"client_auth": "none", "client_chain": "verified", "peer_chain": "verified"}
    both |= {"min_version": "TLSv1.2", "transport": "tls", "reach": "network"}
    shared = {"min_version", "transport", "reach"}
    assert set(ended("server", **both)) == shared | {"client_auth"}
    assert set(ended("client", **both)) == shared | {"peer_chain"}
    assert set(ended(EITHER, **both)) == shared
    strict = {**both, "client_auth": "required"}
    assert set(ended("server", **strict)) == shared | {"client_auth", "client_chain"}
    bare = {**both, "transport": "plaintext"}
    assert set(ended("server", **bare)) == {"transport", "reach"}
    assert set(ended("client", **bare)) == shared | {"peer_chain"}
    more = {**bare, "tier": "app", "serves": "nothing", "client_identity": "header"}
    assert set(ended("server", **more)) == {
        *("transport", "reach", "tier", "serves", "client_identity")
    }


E, H, P, D = Origin.EXPLICIT, Origin.INHERITED, Origin.PRESET, Origin.DEFAULT


@pytest.mark.parametrize(
    ("floors", "found"),
    [
        ({"library": ("TLSv1", D), "minimum": ("TLSv1.2", E)}, "minimum"),
        ({"library": ("TLSv1.2", D), "minimum": ("TLSv1", E)}, "library"),
        ({"minimum": ("TLSv1", E), "options": ("TLSv1.2", P)}, "minimum"),
        ({"minimum": ("TLSv1", E), "options": ("TLSv1.2", E)}, "options"),
        ({"minimum": ("TLSv1", P), "options": ("TLSv1.2", P)}, "options"),
        ({"minimum": (None, E), "options": ("TLSv1.2", P)}, "options"),
        ({"minimum": (None, E), "options": ("TLSv1.1", P)}, "minimum"),
        ({"minimum": (None, E)}, "minimum"),
        ({"a": ("TLSv1.2", D), "b": ("TLSv1.2", E), "c": ("TLSv1.2", P)}, "b"),
        ({"a": ("TLSv1.2", D), "c": ("TLSv1.2", P)}, "c"),
        ({"a": ("TLSv1.2", H), "c": ("TLSv1.2", P)}, "a"),
        ({"opened": ("TLSv1", E), "options": ("TLSv1.2", P)}, "opened"),
        ({"opened": ("TLSv1", E), "minimum": ("TLSv1.2", E)}, "minimum"),
        ({"opened": ("TLSv1", E), "minimum": ("TLSv1.2", H)}, "minimum"),
    ],
)
def test_floors(floors: dict[str, tuple[str | None, Origin]], found: str) -> None:
    settings = {
        f"floor.{name}": Setting(value, Span("a", at, at + 1), origin)
        for at, (name, (value, origin)) in enumerate(floors.items())
    }
    assert effective_floor(settings) == settings[f"floor.{found}"]
    assert final(settings, "server")["min_version"] == settings[f"floor.{found}"]
