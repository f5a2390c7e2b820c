"""Where a server listens or a client connects to, as calls say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mtlslint.code.interpret import address, asked, only_text, reach
from mtlslint.code.operators import UNKNOWN
from mtlslint.code.values import BLANK, NOTHING, Items, Known, Unknown, Value, World, bare

if TYPE_CHECKING:
    from mtlslint.code.api import Api
    from mtlslint.code.arguments import Call

NOWHERE = Unknown("its address isn't known here")


def place(spec: Mapping[str, Any], call: Call, api: Api, world: World) -> Value:
    """Return host and port.

    `host`, `port`, `url`, `dsn`, `each` (one address or a list), `pair` name arguments; `default`
    is the host if none is given, `nothing` if it is None; `instead` are arguments (a path, a
    descriptor) that replace it. `many`: the host may be a list of them.
    """
    for name, value in spec.get("instead", {}).items():
        given = call.argument(name, world)
        if given is not None and isinstance(bare(given), Unknown) and given != UNKNOWN:
            return NOWHERE
        if given is not None and bare(given) != NOTHING:
            return Known(value) if value is not None else NOWHERE
    if "dsn" in spec and call.argument(spec["dsn"], world) is not None:
        return _of_dsn(call.argument(spec["dsn"], world))
    if "described" in spec:
        return _described(call.argument(spec["described"], world))
    if "url" in spec:
        return _of_url(call.argument(spec["url"], world))
    if "each" in spec:
        return _each(call.argument(spec["each"], world), spec, api, world)
    if "pair" in spec:
        return call.argument(spec["pair"], world) or NOWHERE
    port = call.argument(spec["port"], world) if "port" in spec else None
    host = call.argument(spec["host"], world)
    if host is None:
        host = Known(spec["default"])
    elif bare(host) == NOTHING:
        host = Known(spec.get("nothing", spec["default"]))
    elif isinstance(bare(host), Items) and spec.get("many"):
        host = _each(host, spec, api, world)
    return Items((host, port or Unknown("port")))


def _of_url(value: Value | None) -> Value:
    value = bare(value) if value is not None else NOWHERE
    if not isinstance(value, Known) or not isinstance(value.value, str):
        return NOWHERE
    try:
        host = urlsplit(value.value).hostname or BLANK
    except ValueError:
        host = BLANK
    if BLANK in host:
        return NOWHERE
    return Items((Known(host), Unknown("port")))


def _of_dsn(value: Value | None) -> Value:
    """Return where a database is: by a URL or by words; without a host, on this machine."""
    text = value.value if isinstance(value := bare(value or NOWHERE), Known) else None
    if not isinstance(text, str) or BLANK in text or "://" in text:
        return _of_url(value)
    host = asked(text, "host hostaddr") or "unix:"
    return Known("unix:" if host.startswith(("/", "unix:")) else host)


def _described(value: Value | None) -> Value:
    """Return where an endpoint is that a text describes: `tcp:8080:interface=127.0.0.1`."""
    text = only_text(value)
    scheme, _, rest = (text or "").partition(":")
    if scheme == "unix":
        return Known("unix:")
    if scheme not in ("tcp", "ssl") or BLANK in rest:
        return NOWHERE
    found = [one[10:] for one in rest.split(":") if one.startswith("interface=")]
    return Items((Known(found[0] if found else ""), Unknown("port")))


def _each(value: Value | None, spec: Mapping[str, Any], api: Api, world: World) -> Value:
    """Of several addresses, the one that is reached from farthest."""
    if value is None or bare(value) == NOTHING:
        return Known(spec["default"])
    value = bare(value)
    if not isinstance(value, Items):
        return value
    for item in value.items:
        if reach(address(item, world, api).host) == "network":
            return item
    return value.items[0] if value.items else Known(spec["default"])
