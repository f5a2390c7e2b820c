"""How settings are read off arguments: versions, switches, trust stores, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mtlslint.ciphers import admitted
from mtlslint.code.api import Api
from mtlslint.code.values import BLANK, NOTHING, Items, Known, Symbol, Value, World, bare
from mtlslint.model import VERSIONS, Address, Origin, Setting
from mtlslint.source import Span
from mtlslint.targets import NEWEST, Range, Targets, parse_version

_DIGITS = frozenset("0123456789")


class Reading(NamedTuple):
    """Where a setting is written, for whom, and what the argument is."""

    span: Span
    origin: Origin
    note: str = ""


def constant(spec: Any, reading: Reading) -> Setting:
    """Return the setting that a row states outright."""
    return Setting(spec, reading.span, reading.origin, note=reading.note)


def targeted(spec: Mapping[str, Any], reading: Reading, targets: Targets) -> Setting | None:
    """Return a default that depends on the library's version: the oldest targeted one counts.

    None if that version has none.
    """
    library = spec["target"]
    range_ = targets.of(library, reading.span.path) or Range((0,), NEWEST, "any version assumed")
    border = parse_version(str(spec["below"])) or (0,)
    old = range_.low < border
    value = spec.get("then" if old else "else")
    if value is None:
        return None
    allows = f"{library} before {spec['below']} allows {value}" if old else ""
    note = f"{allows} ({range_.source})" if allows else f"default of {library} ({range_.source})"
    return Setting(value, reading.span, reading.origin, note=note)


def from_argument(
    spec: Mapping[str, Any], value: Value, world: World, api: Api, reading: Reading
) -> Setting | None:
    """Return the setting that an argument decides; None if it decides nothing."""
    value = bare(value)
    how = spec.get("as", "switch")
    if how == "trust":
        return trust(value, world, api, reading)
    if how == "protocol":
        found = spec.get("nothing") if value == NOTHING else protocol(value, api)
    elif how == "protocols":
        found = lowest(value, api)
    elif how == "word":
        found = _word(spec, value, world)
    elif how == "query":
        return _queried(spec, value, reading)
    elif how == "scheme":
        text = only_text(value)
        found = spec["words"].get(text.partition(":")[0]) if text is not None else None
    elif how == "host":
        found = reach(_host_in(value))
    elif how == "size":
        found = _size(value)
    elif how == "text":
        found = value.value if isinstance(value, Known) and isinstance(value.value, str) else None
    elif how == "number":
        found = _number(value)
    elif how == "ciphers":
        return _ciphers(value, reading)
    else:
        return _switch(spec, value, reading)
    note = reading.note if found is not None else "its argument isn't known here"
    return Setting(found, reading.span, reading.origin, note=note)


def _switch(spec: Mapping[str, Any], value: Value, reading: Reading) -> Setting | None:
    if isinstance(value, Known) and isinstance(value.value, bool):
        by_answer: Mapping[Any, Any] = spec
        chosen = by_answer.get(value.value)
        return constant(chosen, reading) if chosen is not None else None
    return Setting(None, reading.span, reading.origin, note="its argument isn't known here")


def _word(spec: Mapping[str, Any], value: Value, world: World) -> str | None:
    """Return what a variant says, by itself or with what it holds."""
    thing = world.thing(value)
    path = thing.path if thing is not None else value.path if isinstance(value, Symbol) else ()
    words: Mapping[str, str] = spec["words"]
    if value == NOTHING:
        return words.get("None")
    return words.get(path[-1]) if path else None


def asked(text: str, names: str) -> str | None:
    """Return what a connection string says under one of these names; `#` is its fragment."""
    if names == "#":
        return text.partition("#")[2] or None
    choice = "|".join(re.escape(name) for name in names.split())
    match = re.search(rf"(?:^|[?&;\s])(?:{choice})\s*=\s*'?([^&;\s#']*)", text, re.IGNORECASE)
    return match[1].lower() if match else None


def _queried(spec: Mapping[str, Any], value: Value, reading: Reading) -> Setting | None:
    """Return the setting that a connection string decides, if it says anything of it."""
    if not isinstance(value, Known) or not isinstance(value.value, str):
        return None
    said = asked(value.value, spec["key"])
    if said is None:
        return None
    if BLANK in said:
        return Setting(None, reading.span, reading.origin, note="its argument isn't known here")
    found = spec["words"].get(said)
    return None if found is None else constant(found, reading)


def only_text(value: Value | None) -> str | None:
    """Return a text, or the only one of a list."""
    value = bare(value) if value is not None else None
    if isinstance(value, Items) and len(value.items) == 1:
        value = bare(value.items[0])
    return value.value if isinstance(value, Known) and isinstance(value.value, str) else None


def _host_in(value: Value) -> str | None:
    """Return the host that a text names, alone or in a URL."""
    if not isinstance(value, Known) or not isinstance(value.value, str):
        return None
    try:
        host = urlsplit(value.value).hostname if "://" in value.value else value.value
    except ValueError:
        return None
    return None if host is None or BLANK in host else host


def _ciphers(value: Value, reading: Reading) -> Setting:
    said = value.value if isinstance(value, Known) else None
    listed = said.decode("latin-1") if isinstance(said, bytes) else said
    if not isinstance(listed, str) or BLANK in listed:
        return Setting(None, reading.span, reading.origin, note="its argument isn't known here")
    weak = admitted(listed)
    note = ", ".join(f"{token}: {reason}" for token, reason in weak[:3])
    return Setting("weak" if weak else "strong", reading.span, reading.origin, note=note)


def _size(value: Value) -> str | None:
    """Return whether a size lets anything through."""
    if isinstance(value, Symbol):
        return "on" if value.path[-1] == "MAX" else None
    number = _number(value)
    return None if number is None else ("on" if number > 0 else "off")


def _number(value: Value) -> int | None:
    if isinstance(value, Known) and isinstance(value.value, int):
        return int(value.value)
    return None


def protocol(value: Value, api: Api) -> str | None:
    """Return the version that a library's constant names."""
    value = bare(value)
    if isinstance(value, Symbol):
        return api.versions.get(value.path[-1])
    if isinstance(value, Known) and isinstance(value.value, str):
        return api.versions.get(value.value)
    return None


def lowest(value: Value, api: Api) -> str | None:
    """Return the lowest version of a list of them."""
    value = bare(value)
    if not isinstance(value, Items):
        return protocol(value, api)
    versions = [protocol(item, api) for item in value.items]
    known = [version for version in versions if version is not None]
    if not known or len(known) < len(versions):
        return None
    return min(known, key=VERSIONS.index)


def trust(value: Value, world: World, api: Api, reading: Reading) -> Setting | None:
    """Return whose certificates a store, list or file of roots holds."""
    thing = world.thing(value)
    if thing is not None and (not thing.param or "client_ca" in thing.settings):
        return thing.settings.get("client_ca") or constant("private", reading)
    if isinstance(value, Items) and value.items:
        found = [trust(bare(item), world, api, reading) for item in value.items]
        public = [one for one in found if one is not None and one.value == "public"]
        return public[0] if public else constant("private", reading)
    if isinstance(value, Known) and isinstance(value.value, str):
        public_file = value.value in api.public_stores
        return constant("public" if public_file else "private", reading)
    return Setting(None, reading.span, reading.origin, note="whose certificates isn't known here")


def address(value: Value, world: World, api: Api) -> Address:
    """Return host and port of what may be a string, a tuple or an address object."""
    value = bare(value)
    thing = world.thing(value)
    if thing is not None:
        inner = thing.parts.get("address")
        return address(inner, world, api) if inner is not None else Address()
    if isinstance(value, Known) and isinstance(value.value, str):
        return _split(value.value)
    if isinstance(value, Items):
        return _pair(value.items, world, api)
    host = _host(value, api)
    return Address(host) if host else Address()


def _split(text: str) -> Address:
    if text.startswith(("unix:", "/")) and BLANK not in text:
        return Address("unix:")
    host, colon, port = text.rpartition(":")
    if not colon:
        host, port = text, ""
    number = int(port) if port and set(port) <= _DIGITS and len(port) < 6 else None
    host = host.strip("[]")
    return Address(None if BLANK in host else host, number)


def _pair(items: tuple[Value, ...], world: World, api: Api) -> Address:
    hosts = [_host(bare(item), api) for item in items[:1]]
    if len(items) == 4 and all(_number(bare(item)) is not None for item in items):
        return Address(_host(Items(items), api))
    if len(items) == 2 or (len(items) == 4 and hosts[0]):
        return Address(hosts[0], _number(bare(items[1])))
    if items and isinstance(bare(items[0]), (Items, Known)):
        return address(items[0], world, api)
    return Address()


def _host(value: Value, api: Api) -> str | None:
    if isinstance(value, Symbol):
        return api.hosts.get("::".join(value.path[-2:]))
    if isinstance(value, Known) and isinstance(value.value, str):
        return None if BLANK in value.value else value.value.strip("[]")
    if isinstance(value, Items):
        numbers = [_number(bare(item)) for item in value.items]
        if len(numbers) == 1 and isinstance(bare(value.items[0]), (Items, Symbol)):
            return _host(bare(value.items[0]), api)
        if None in numbers or len(numbers) not in (4, 8, 16):
            return None
        if len(numbers) == 4:
            return ".".join(str(number) for number in numbers)
        return "::1" if numbers[-1] == 1 and not any(numbers[:-1]) else "::"
    return None


def reach(host: str | None) -> str | None:
    """Return whether an address can be reached from elsewhere; None if it isn't known."""
    if host is None:
        return None
    if host == "unix:" or host.lower() == "localhost":
        return "local"
    try:
        return "local" if ip_address(host).is_loopback else "network"
    except ValueError:
        return "network" if host in ("", "*") else None
