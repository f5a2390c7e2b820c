"""What the settings gathered on a path amount to for an endpoint of a side."""

from __future__ import annotations

from collections.abc import Mapping

from mtlslint.ciphers import admitted
from mtlslint.model import CLIENT, SERVER, VERSIONS, VOCABULARY, Origin, Setting, State

EITHER = "either"
"""The side of what may be used on both: only what holds on both is known."""


def final(settings: Mapping[str, Setting], side: str) -> State:
    """Return the settings that an endpoint of this side has, floors brought together."""
    whole = dict(settings)
    if "revocation.default" in whole:
        # Who requires certificates and says no more looks for no revoked ones.
        whole.setdefault("revocation", whole["revocation.default"])
    _intend(whole)
    _defer(whole)
    _soften(whole)
    _unlock(whole)
    _share(whole)
    floors = {name: one for name, one in settings.items() if name.startswith("floor.")}
    if floors:
        whole["min_version"] = effective_floor(floors)
    if "early_data" in whole and "early.none" in whole:
        whole["early_data"] = whole["early.none"]._replace(value="off")
    if side == SERVER and _is(whole, "client_auth", "none"):
        whole.pop("client_chain", None)
        _point_to_intent(whole)
    if side != SERVER or not _is(whole, "transport", "plaintext"):
        sides = {SERVER, CLIENT} if side == EITHER else {side}
        return {
            n: s
            for n, s in sorted(whole.items())
            if n in VOCABULARY and sides.issubset(VOCABULARY[n].on)
        }
    kept = ("transport", "reach", "tier", "serves", "client_identity")
    return {name: one for name, one in sorted(whole.items()) if name in kept}


def _intend(settings: dict[str, Setting]) -> None:
    """Any of several constructs tells the intent; a CA tells it best, a hint where nothing does."""
    for name in ("intent.ca", "intent.mode"):
        intent = settings.get(name)
        if intent is not None and intent.value == "asked":
            settings["client_auth_intent"] = intent
            return
    hint = settings.get("intent.hint")
    if hint is not None and not _is(settings, "client_auth_intent", "asked"):
        settings["client_auth_intent"] = hint


def _defer(settings: dict[str, Setting]) -> None:
    """A certificate that TLS 1.3 asks for after the handshake may never come."""
    late, auth = settings.get("auth.late"), settings.get("client_auth")
    if late is None or auth is None or late.value != "on" or auth.value != "required":
        return
    highest = settings.get("max_version")
    if highest is not None and (not highest.known or highest.value != "TLSv1.3"):
        return
    settings["client_auth"] = late._replace(value="optional", via=(auth.span,))


def _soften(settings: dict[str, Setting]) -> None:
    """What makes certificates optional counts wherever it is said, once they are asked for."""
    said, auth = settings.get("auth.optional"), settings.get("client_auth")
    if said is None or auth is None or auth.value != "required" or said.value == "off":
        return
    value = "optional" if said.value == "on" else None
    settings["client_auth"] = said._replace(value=value, via=(auth.span,))


def _unlock(settings: dict[str, Setting]) -> None:
    """Without a security level, OpenSSL admits suites of a list that it leaves out otherwise."""
    level, listed = settings.get("ciphers.level"), settings.get("ciphers.list")
    if level is None or level.value != 0 or listed is None or not isinstance(listed.value, str):
        return
    weak = admitted(f"{listed.value}:@SECLEVEL=0")
    if weak and not _is(settings, "ciphers", "weak"):
        note = ", ".join(f"{token}: {reason}" for token, reason in weak[:3])
        settings["ciphers"] = level._replace(value="weak", via=(listed.span,), note=note)


def _share(settings: dict[str, Setting]) -> None:
    """Peers that share a key know each other without certificates."""
    shared = settings.get("auth.shared")
    if shared is None:
        return
    note = "peers may be known by a shared key"
    if _is(settings, "client_auth", "none"):
        settings["client_auth"] = shared._replace(value=None, note=note)
    for name in ("peer_chain", "peer_name"):
        if name in settings and settings[name].origin is Origin.DEFAULT:
            settings[name] = shared._replace(value=None, note=note)


def _point_to_intent(settings: dict[str, Setting]) -> None:
    """Client authentication that nobody switched on is missed where its CA is loaded."""
    auth, intent = settings["client_auth"], settings.get("client_auth_intent")
    if intent is not None and intent.value == "asked" and auth.origin is Origin.DEFAULT:
        settings["client_auth"] = auth._replace(span=intent.span, via=(*auth.via, auth.span))


def _is(settings: Mapping[str, Setting], name: str, value: str) -> bool:
    return name in settings and settings[name].value == value


def _preset(floors: Mapping[str, Setting]) -> bool:
    """Whether only options that come with a preset are stricter than what somebody wrote."""
    options = floors.get("floor.options")
    return set(floors) <= {"floor.minimum", "floor.options"} and (
        options is None or options.origin is not Origin.EXPLICIT
    )


_WRITTEN = {Origin.DEFAULT: 0, Origin.PRESET: 1}


def _legacy(floor: Setting) -> bool:
    return VERSIONS.index(str(floor.value)) < VERSIONS.index("TLSv1.2")


def effective_floor(floors: Mapping[str, Setting]) -> Setting:
    """Return the floor that several ways of setting it leave: the highest known one."""
    if "floor.opened" in floors:
        chosen = (Origin.EXPLICIT, Origin.INHERITED)
        floors = {name: one for name, one in floors.items() if one.origin in chosen}
    known = [one for one in floors.values() if isinstance(one.value, str)]
    unknown = [one for one in floors.values() if not one.known]
    if not known:
        return unknown[0]
    said = floors.get("floor.minimum")
    if said is not None and said.known and said.origin is Origin.EXPLICIT and _preset(floors):
        return said
    best = max(known, key=lambda one: (VERSIONS.index(str(one.value)), _WRITTEN.get(one.origin, 2)))
    if said is not None and said.known and best.origin is Origin.DEFAULT and _legacy(best):
        return said  # Where nothing keeps old versions out, what is written down holds.
    if unknown and _legacy(best):
        return unknown[0]
    return best
