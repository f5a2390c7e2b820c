"""Writes down in Python what settings are to be.

The table `spell` of `api.yaml` says per setting and wanted value which words give way to which;
`name=word` with nothing beside it is an argument that is left out. Where no word decides, the row
of a call says how a setting is written beside it:

    spell: {peer_chain: "+context=..."}      an argument is added
    spell: {min_version: ".minimum_version = ..."}   a statement follows, about what the call made
                                             or was made on
    spell: {peer_chain: "=other()"}          another function is called, without arguments
    spell: {peer_chain: {library: hint}}     what the file imports decides

`{ssl}` stands for that module as the file calls it, and is imported if it doesn't; `{version}` for
the constant of the version that is wanted. A hint under `peer_chain beside peer_ca` is for contexts
that have authorities of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code.api import Api, Row
from mtlslint.edit import Edit, Fix, by_path, joined
from mtlslint.facts import WRITTEN, Change
from mtlslint.model import Value
from mtlslint.parsers.python.importing import importing
from mtlslint.parsers.python.literals import text_of
from mtlslint.parsers.python.scope import Scope
from mtlslint.parsers.python.sites import (
    Site,
    below,
    find,
    holder_of,
    is_read,
    path_of,
    scope_of,
    still_python,
    without,
)
from mtlslint.source import Sources, Span

if TYPE_CHECKING:
    from tree_sitter import Node

_ORDER = ("peer_chain", "peer_name", "client_auth", "min_version")
"""In which order statements stand that are written at one place."""


def spell(change: Change, sources: Sources) -> Fix | None:
    """Return the edits for a change: whole, or None."""
    places: dict[Span, list[str]] = {}
    for name, span in change.wrong():
        if change.elsewhere(name) and _is_written(change, name):
            return None  # Somebody chooses.
        places.setdefault(span, []).append(name)
    fix = joined(_spelled(span, names, change, sources) for span, names in places.items())
    if fix is None:
        return None
    parsing = (still_python(sources.by_path[path], own) for path, own in by_path(fix.edits).items())
    return fix if all(parsing) else None


def _is_written(change: Change, name: str) -> bool:
    """Whether anybody wrote what a setting is, on any path."""
    found = [state[name] for state in change.endpoint.states if name in state]
    return any(one.origin in WRITTEN for one in found)


def _spelled(span: Span, names: list[str], change: Change, sources: Sources) -> Fix | None:
    from mtlslint.parsers.python import language

    source = sources.by_path.get(span.path)
    site = find(source, span) if source is not None else None
    if source is None or site is None:
        return None
    wanted = {name: change.values[name] for name in sorted(names, key=_place)}
    speller = _Speller(site, scope_of(source), language().api)
    owned = any("peer_ca" in state and state["peer_ca"].known for state in change.endpoint.states)
    return joined(speller.by_word(*one) for one in wanted.items()) or speller.by_hint(wanted, owned)


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


class _Hint(NamedTuple):
    """How a row says that a setting is written, filled in."""

    kind: str
    text: str


class _Speller:
    """How one construct would give settings other values."""

    def __init__(self, site: Site, scope: Scope, api: Api) -> None:
        self.site = site
        self.scope = scope
        self.api = api
        self.imports: list[Edit] = []

    def by_word(self, name: str, value: Value) -> Fix | None:
        """Replace the one word that decides."""
        words = self.api.spellings.get(name, {}).get(str(value), {})
        if self.site.node.type != "call":
            return self._given(words)
        found = [fix for one in self.site.arguments if (fix := self._replaced(one, words))]
        return found[0] if len(found) == 1 else None

    def _given(self, words: Mapping[str, str]) -> Fix | None:
        given = self.site.value
        if given is None:
            return None
        said = f"{_called(self.site.node)}={text_of(given)}"
        new = words.get(said)
        if new:
            edit = self.site.edit(given.start_byte, given.end_byte, new)
            return Fix(f"replace `{text_of(given)}` by `{new}`", (edit,))
        left_out = without(self.site) if new is not None and self._is_known_without() else None
        if left_out is not None and is_read(self.site.source, left_out):
            return Fix(f"leave `{said}` out", (left_out,))
        return self._replaced(given, words)

    def _is_known_without(self) -> bool:
        """Whether a call is one of the library's without the argument, too."""
        call = self.site.call
        rows = list(self._rows(call)) if call is not None and call is not self.site else []
        return bool(rows) and not rows[0].when

    def _replaced(self, node: Node, words: Mapping[str, str]) -> Fix | None:
        """Replace a word by another, which is imported if it stands alone."""
        last = node.child_by_field_name("attribute") or node
        word, holder = text_of(last), text_of(node)[: -len(text_of(last))]
        mark = word[:1] if word[:1] in "\"'" else ""
        new = words.get(f'"{word[1:-1]}"' if mark else word)
        if not new:
            return None
        new = f"{mark}{new[1:-1]}{mark}" if mark else new.replace("{0}", holder)
        edits = [self.site.edit(last.start_byte, last.end_byte, new)]
        if node.type == "identifier":
            brought = self._beside(word, new)
            if brought is None:
                return None
            edits += brought
        return Fix(f"replace `{word}` by `{new}`", tuple(edits))

    def _beside(self, word: str, new: str) -> list[Edit] | None:
        """Return what imports a name from where another one comes from; None if from nowhere."""
        *module, last = self.scope.imports.get(word, ("", ""))
        if new in self.scope.imports:
            return []
        if module[:1] in ([], [""]) or last != word or not new.isidentifier():
            return None
        edit = importing(self.site.source, ".".join(module), new)
        return [edit] if edit is not None else None

    def by_hint(self, wanted: Mapping[str, Value], owned: bool) -> Fix | None:
        """Write what the row of the call says beside it."""
        call = self.site.call or self.site
        hints = [self._hint(call, name, value, owned) for name, value in wanted.items()]
        known = list(dict.fromkeys(one for one in hints if one is not None))
        if not known or None in hints or len({one.kind for one in known}) > 1:
            return None
        texts = [one.text for one in known]
        edit = _WRITERS[known[0].kind](call, texts)
        if edit is None:
            return None
        said = "; ".join(texts)
        title = f"call `{said}` instead" if known[0].kind == "=" else f"add `{said}`"
        return Fix(title, (edit, *dict.fromkeys(self.imports)))

    def _hint(self, call: Site, name: str, value: Value, owned: bool) -> _Hint | None:
        for row in self._rows(call):
            hint = row.spell.get(f"{name} beside peer_ca") if owned else None
            hint = hint or row.spell.get(name)
            if isinstance(hint, Mapping):
                libraries = {path[0] for path in self.scope.imports.values()}
                told = [one for library, one in hint.items() if library in libraries]
                hint = told[0] if len(told) == 1 else None
            text = self._filled(call, hint, value) if hint else None
            if hint and text is not None:
                holder = holder_of(call) if hint[0] == "." else ""
                return _Hint(hint[0], f"{holder}{text}" if holder else text[1:])
        return None

    def _rows(self, call: Site) -> Iterator[Row]:
        """Yield the rows that a call or an assignment may mean."""
        function = call.node.child_by_field_name("function")
        last: Node | None = call.node.child_by_field_name("left")
        if function is not None:
            row = self.api.find(path_of(function, self.scope))
            if row is not None:
                yield row
            last = function
        name = text_of(last.child_by_field_name("attribute")) if last is not None else ""
        for kind in self.api.kinds.values():
            table = kind.methods if function is not None else kind.fields
            if name in table:
                yield table[name]

    def _filled(self, call: Site, hint: str, value: Value) -> str | None:
        """Return a hint with the names that the file has for what it mentions."""
        text = hint.replace("{version}", str(value).replace(".", "_"))
        if "{0}" in text:
            function = call.node.child_by_field_name("function")
            holder = function.child_by_field_name("object") if function is not None else None
            return text.replace("{0}", text_of(holder)) if holder is not None else None
        if "{ssl}" not in text:
            return text
        for name, path in self.scope.imports.items():
            if path == ("ssl",):
                return text.replace("{ssl}", name)
        edit = importing(self.site.source, "ssl") if "ssl" not in self.scope.imports else None
        if edit is None:
            return None
        self.imports.append(edit)
        return text.replace("{ssl}", "ssl")


def _called(node: Node) -> str:
    """Return the name that a value is given to."""
    left = node.child_by_field_name("name") or node.child_by_field_name("left")
    last = left.child_by_field_name("attribute") or left if left is not None else None
    return text_of(last)


def _argument(call: Site, texts: Iterable[str]) -> Edit | None:
    """Add arguments behind all others."""
    held = call.node.child_by_field_name("arguments")
    names = {text.partition("=")[0] for text in texts}
    given = {text_of(one.child_by_field_name("name")) for one in call.arguments}
    if held is None or held.type != "argument_list" or names & given:
        return None
    last = call.arguments[-1].end_byte if call.arguments else held.end_byte - 1
    comma = ", " if call.arguments else ""
    return call.edit(last, last, comma + ", ".join(texts))


def _statements(call: Site, texts: Iterable[str]) -> Edit | None:
    """Add statements, if there is a name for what they are about."""
    lines = list(texts)
    return below(call, lines) if not any(line.startswith(".") for line in lines) else None


def _instead(call: Site, texts: Iterable[str]) -> Edit | None:
    """Call another function of the same module, where nothing would be lost by that."""
    function = call.node.child_by_field_name("function")
    name = function.child_by_field_name("attribute") if function is not None else None
    said = {text_of(one).rpartition(".")[2] for one in call.arguments}
    [text, *more] = texts
    if name is None or more or not said <= {"PROTOCOL_TLS", "PROTOCOL_SSLv23"}:
        return None
    return call.edit(name.start_byte, call.node.end_byte, text)


_WRITERS = {"+": _argument, ".": _statements, "=": _instead}
