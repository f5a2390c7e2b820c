"""Makes material of what code and configuration name: keys that the project holds, and what is
wrong with its certificates. Only what is named is opened, and only here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from mtlslint.facts import Paths
from mtlslint.files import Files
from mtlslint.flaws import TRUSTED, Flaw, flaws, needed_depth
from mtlslint.keys import is_key_name, is_pkcs12
from mtlslint.model import (
    SERVER,
    Document,
    Endpoint,
    Material,
    Named,
    Origin,
    Role,
    Setting,
    State,
)
from mtlslint.pem import Certificate
from mtlslint.shelf import Held, Shelf
from mtlslint.source import Span

_STORE = re.compile(r"\.(?:p12|pfx)$", re.IGNORECASE)
_OPENED = "its password is there as well"
_MAY_BE_KEY = frozenset({Role.KEY, Role.ANY})
_GIVEN = frozenset({Role.CA, Role.ANCHOR})


def examined(document: Document, files: Files, paths: Paths, today: date) -> Document:
    """Return the document with what the files that it names turned out to be."""
    if not document.named:
        return document
    shelf = Shelf(files, paths)
    materials = list(document.materials)
    held: list[Held] = []
    for named in document.named:
        found = shelf.held(named)
        if found is not None:
            held.append(found)
        elif named.compiled:
            materials += _by_name(named)
    judged: dict[tuple[str, Role, bytes], list[Flaw]] = {}
    for one in held:
        key = (one.path, one.named.role, one.named.text)
        if key not in judged:
            judged[key] = _flaws(one, held, shelf, today)
        materials += _keys(one)
        materials += _flawed(one, judged[key])
    return document._replace(
        materials=tuple(materials),
        endpoints=_measured(document.endpoints, held, today),
    )


def _keys(one: Held) -> Iterator[Material]:
    """Yield a private key that anyone who has the project can use."""
    named = one.named
    if named.role not in _MAY_BE_KEY:
        return
    opened = named.unlocked and not one.contents.key
    if not one.contents.key and not (opened and (one.contents.locked or is_pkcs12(one.data))):
        return
    notes = ["compiled in" if named.compiled else named.note]
    notes += [_OPENED] if opened else []
    note = ", ".join(filter(None, notes))
    held = "embedded" if named.compiled or not one.path else "file"
    yield Material(one.path or named.name, "key", held, named.span, note, named.test_code)


def _by_name(named: Named) -> Iterator[Material]:
    """Yield a key that isn't in the project, but whose name says what will be compiled in."""
    opened = named.unlocked and _STORE.search(named.name) is not None
    if opened or is_key_name(named.name):
        note = "compiled in" + (f", {_OPENED}" if opened else "")
        yield Material(named.name, "key", "embedded", named.span, note, named.test_code)


def _flaws(one: Held, held: list[Held], shelf: Shelf, today: date) -> list[Flaw]:
    found = list(flaws(one.named.role, one.contents, today))
    if not found and one.named.role is Role.CHAIN:
        found += _missing_intermediate(one, held, shelf)
    return found


def _flawed(one: Held, found: list[Flaw]) -> Iterator[Material]:
    """Yield certificates with what is wrong with them, called by the worst of it."""
    if not found:
        return
    role = one.named.role
    kind = "ca" if role in TRUSTED else "crl" if role is Role.CRL else "certificate"
    note = "; ".join(dict.fromkeys(flaw.note for flaw in found[:3]))
    place = "file" if one.path else "embedded"
    name = one.path or one.named.name
    yield Material(name, kind, place, one.named.span, note, one.named.test_code, found[0].kind)


def _missing_intermediate(one: Held, held: list[Held], shelf: Shelf) -> Iterator[Flaw]:
    """Yield that a server sends its certificate alone and the project has what it must add.

    Where peers are given the intermediate along with the root, nothing is missing.
    """
    if len(one.contents.certificates) != 1 or not one.path:
        return
    [leaf] = one.contents.certificates
    if leaf.self_issued or leaf.issues is not False:
        return
    files = dict.fromkeys(each.path for each in held if each.path)
    files.update(dict.fromkeys(shelf.neighbours(one.path)))
    given = {each.path for each in held if each.named.role in _GIVEN}
    found: list[tuple[Certificate, str]] = []
    for path in files:
        certificates = shelf.open(path)[1].certificates
        for issuer in certificates:
            if not issuer.issues or not issuer.issued(leaf):
                continue
            bundle = leaf not in certificates and any(each.self_issued for each in certificates)
            if issuer.self_issued or bundle or path in given:
                return
            found.append((issuer, path))
    for issuer, path in found[:1]:
        note = f"{leaf.name} stands alone, and its issuer {issuer.name} is in {path}"
        yield Flaw("missing-intermediate", note)


def _measured(
    endpoints: tuple[Endpoint, ...], held: Iterable[Held], today: date
) -> tuple[Endpoint, ...]:
    """Return the endpoints; servers know whether their depth suffices for their CA file."""
    files = ((one.named.span, needed_depth(one.contents, today)) for one in held if _roots(one))
    depths = [(span, depth) for span, depth in files if depth]
    if not depths:
        return endpoints
    return tuple(
        one._replace(states=tuple(_with_room(state, depths) for state in one.states))
        if one.side == SERVER
        else one
        for one in endpoints
    )


def _roots(one: Held) -> bool:
    return one.named.role is Role.CA


def _with_room(state: State, depths: Iterable[tuple[Span, int]]) -> State:
    trusted, depth = state.get("client_ca"), state.get("verify_depth")
    if trusted is None or depth is None or depth.value is None:
        return state
    needed = max((count for span, count in depths if _meet(span, trusted.span)), default=0)
    if not needed:
        return state
    value = "cut" if needed > int(depth.value) else "fit"
    note = f"chains in it have {needed} intermediates, and a depth of {depth.value} is in effect"
    at, other = depth.span, trusted.span
    if depth.origin is Origin.DEFAULT:
        at, other = other, at
    return {**state, "client_chains": Setting(value, at, depth.origin, (other,), note)}


def _meet(one: Span, other: Span) -> bool:
    return one.path == other.path and one.start < other.end and other.start < one.end
