"""Arguments that choose between settings: modes, switches, files that are given or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mtlslint.code.api import Api, Choose
from mtlslint.code.operators import UNKNOWN
from mtlslint.code.values import Bits, Items, Known, Symbol, Unknown, Value, World, bare
from mtlslint.model import Origin, Setting
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.arguments import Call

NOT_KNOWN = "unknown"


def word(value: Value | None, table: Mapping[str, str], world: World) -> str:
    """Return what a value says in the words of a table, `unknown` if that isn't established."""
    if value is None:
        return table.get("<absent>", "")
    value = bare(value)
    for text in _texts(value, world):
        if text in table:
            return table[text]
    return NOT_KNOWN if isinstance(value, Unknown) else table.get("<other>", NOT_KNOWN)


def _texts(value: Value, world: World) -> list[str]:
    if isinstance(value, Known):
        text = str(value.value)
        kind = "<text>" if isinstance(value.value, (str, bytes)) and value.value else "<constant>"
        return [text if value.value != "" else "<empty>", kind]
    if isinstance(value, Symbol):
        return [value.path[-1]]
    if isinstance(value, Bits) and value.certain:
        return ["|".join(sorted(value.names)), "<flags>"]
    if isinstance(value, Items):
        return ["<list>"]
    if value == UNKNOWN:
        return ["<computed>"]
    return ["<thing>"] if world.thing(value) is not None else []


def chosen(choose: Choose, call: Call, site: Span, api: Api, world: World) -> dict[str, Setting]:
    """Return the settings that an argument chooses; unknown ones if it isn't known."""
    value = call.argument(choose.arg, world)
    found = word(value, api.words[choose.words], world)
    span = call.where(choose.arg)
    if found == NOT_KNOWN:
        note = _why(value)
        names = {name for case in choose.cases.values() for name in case}
        return {name: Setting(None, span, note=note) for name in sorted(names)}
    case = choose.cases.get(found, {})
    return {name: setting_of(spec, span, site, choose.note) for name, spec in case.items()}


def _why(value: Value | None) -> str:
    note = value.note if isinstance(value, Unknown) else ""
    return note or "its argument isn't known here"


def setting_of(spec: Any, span: Span, site: Span, note: str) -> Setting:
    """Return a setting that is written out: its value, or with where it counts as set."""
    if not isinstance(spec, Mapping):
        return Setting(spec, span, Origin.EXPLICIT, note=note)
    where = site if spec.get("at") == "site" else span
    origin = Origin(spec.get("origin", "explicit"))
    return Setting(spec["is"], where, origin, note=spec.get("note", note))
