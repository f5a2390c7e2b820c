"""The protocol versions in effect: `ssl_protocols`, what OpenSSL is told besides, defaults."""

from __future__ import annotations

from collections.abc import Iterable

from mtlslint.model import VERSIONS, Origin, Setting
from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.scope import Scope
from mtlslint.parsers.nginx.tree import Directive
from mtlslint.parsers.nginx.versions import canonical, default_protocols, highest, lowest
from mtlslint.source import Span
from mtlslint.targets import Range

Pair = tuple[Setting, Setting | None]
"""The lowest version, and the highest where it is known."""


def protocols(scope: Scope, prefix: str, head: Span, target: Range, notice: str = "") -> Pair:
    """Return the versions in effect for `<prefix>ssl_protocols`; `head` is what lacks it."""
    found = scope.find(f"{prefix}ssl_protocols")
    if found.directives:
        pair = _listed(found.directives, found.origin)
    elif found.doubt:
        unknown = Setting(None, head, Origin.DEFAULT, note=found.doubt)
        pair = (unknown, None)
    else:
        names, note = default_protocols(target)
        note = f"{note}; {notice}" if notice else note
        pair = (Setting(lowest(names), head, Origin.DEFAULT, note=note), None)
    return _commanded(scope, prefix, pair)


def _listed(directives: tuple[Directive, ...], origin: Origin) -> Pair:
    """Lines at one level add up (`ngx_conf_set_bitmask_slot`)."""
    known: dict[str, Directive] = {}
    doubtful = False
    for each in directives:
        for word in each.args:
            name = canonical(word)
            if name is not None:
                known.setdefault(name, each)
            doubtful = doubtful or not literal(word)
        doubtful = doubtful or each.fluid
    if not known:
        last = directives[-1]
        return Setting(None, last.span, origin, via=last.via, note="set by a template"), None
    low, high = lowest(tuple(known)), highest(tuple(known))
    at = known[low]
    if doubtful and VERSIONS.index(low) >= VERSIONS.index("TLSv1.2"):
        return Setting(None, at.span, origin, via=at.via, note="set by a template"), None
    first = Setting(low, at.span, origin, via=at.via)
    last_at = known[high]
    return first, None if doubtful else Setting(high, last_at.span, origin, via=last_at.via)


def _commanded(scope: Scope, prefix: str, pair: Pair) -> Pair:
    """Apply `ssl_conf_command`, which comes last and can narrow or widen."""
    found = scope.find(f"{prefix}ssl_conf_command")
    if found.doubt and pair[0].origin is Origin.DEFAULT:
        return pair[0]._replace(value=None, note=found.doubt), pair[1]
    low, high = pair
    for each in found.directives:
        if len(each.args) != 2:
            continue
        command, argument = each.args[0].lower(), each.args[1]
        if command == "protocol":
            low = _widened(low, each, argument, found.origin)
        elif command == "minprotocol":
            low = _raised(low, each, argument, found.origin)
        elif command == "maxprotocol" and (name := canonical(argument)):
            high = Setting(name, each.span, found.origin, via=each.via)
    return low, high


def _raised(low: Setting, each: Directive, argument: str, origin: Origin) -> Setting:
    name = canonical(argument)
    if name is None:
        note = "set by a template" if not literal(argument) else f"unknown version {argument}"
        return Setting(None, each.span, origin, via=each.via, note=note)
    if low.value is not None:
        ranks = VERSIONS.index(str(low.value)), VERSIONS.index(name)
        if ranks[0] > ranks[1] or (ranks[0] == ranks[1] and low.origin is not Origin.DEFAULT):
            return low
    if low.value is None and VERSIONS.index(name) < VERSIONS.index("TLSv1.2"):
        return low
    return Setting(name, each.span, origin, via=each.via)


def _widened(low: Setting, each: Directive, argument: str, origin: Origin) -> Setting:
    """`Protocol` switches single versions on (`TLSv1`, `+TLSv1`, `ALL`) and off (`-TLSv1`)."""
    if not literal(argument):
        return Setting(None, each.span, origin, via=each.via, note="set by a template")
    on, off = _switched(argument.split(","))
    start = set() if low.value is None else set(VERSIONS[VERSIONS.index(str(low.value)) :])
    enabled = (start | on) - off
    if not enabled or (low.value is None and lowest(tuple(enabled)) == "TLSv1.2"):
        return low
    name = lowest(tuple(enabled))
    if name == low.value:
        return low
    return Setting(name, each.span, origin, via=each.via)


def _switched(words: Iterable[str]) -> tuple[set[str], set[str]]:
    on: set[str] = set()
    off: set[str] = set()
    everything = set(VERSIONS[VERSIONS.index("TLSv1") :])
    for word in words:
        sign, name = (word[:1], word[1:]) if word[:1] in ("+", "-") else ("+", word)
        named = everything if name.strip().lower() == "all" else {canonical(name.strip()) or ""}
        if sign == "+":
            on, off = on | named, off - named
        else:
            on, off = on - named, off | named
    return on - {""}, off


def weaker(own: Setting, default: Setting) -> Setting:
    """Return the setting that admits more; unknown if that can't be told."""
    legacy = VERSIONS.index("TLSv1.2")
    ranks = [
        VERSIONS.index(str(each.value)) if each.value is not None else None
        for each in (own, default)
    ]
    if ranks[0] is not None and ranks[1] is not None:
        return default if ranks[1] < ranks[0] else own
    if ranks[0] is not None and ranks[0] < legacy:
        return own
    if ranks[1] is not None and ranks[1] < legacy:
        return default
    return own if own.value is None else default
