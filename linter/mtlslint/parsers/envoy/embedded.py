"""Configuration inside other files: block strings and quoted text of a manifest, as sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mtlslint.source import Embedding, Segment, Source
from mtlslint.yamltree.node import Mapping, Node, Pair, Scalar, Sequence, get, items, mappings, text

_ESCAPES = {
    **dict(zip("abtnvfr", "\a\b\t\n\v\f\r", strict=True)),
    "0": "\0",
    "\t": "\t",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
}
_WIDE = {"x": 2, "u": 4, "U": 8}
_ENVOY = re.compile(
    r"static_resources|staticResources|(?:Down|Up)streamTlsContext|filter_?[cC]hains:"
    r"|load_?[aA]ssignment:"
)
# How a configuration begins; what doesn't is prose, maybe with an example in it.
_YAML = re.compile(r"""(?:\s*#.*\n)*\s*(?:---|[{\[]|-[ \t]|["']?[@\w.-]+["']?[ \t]*:(?:\s|$))""")
_NAMED = (".yaml", ".yml", ".json")
_NAMELESS = "block-string"
"""A name that claims nothing: what can't be read under it is nobody's problem."""
_WHOLE = re.compile(
    r"""^[ \t]*["']?(?:(?:static_?[rR]esources|filter_?[cC]hains|load_?[aA]ssignment)["']?[ \t]*:"""
    r"""|@type["'][ \t]*:[ \t]*["']?type\.)""",
    re.MULTILINE,
)


class _Held(NamedTuple):
    """A text with the name to judge it by, and the label that tells it from its neighbours."""

    name: str
    label: str
    scalar: Scalar


def embedded(
    document: Node, within: Iterable[Mapping], source: Source, taken: set[str]
) -> Iterator[Source]:
    """Yield the sources that a document holds, of which `within` are all mappings.

    `taken` are the paths already given away.
    """
    for held in _held(document, within):
        content = _content(source.data, held.scalar)
        if content is None:
            continue
        data, segments = content
        path = f"{source.path}!{held.label}"
        number = 1
        while path in taken:
            number += 1
            path = f"{source.path}!{held.label}#{number}"
        taken.add(path)
        yield Source(path, data, held.name, Embedding(source.path, segments))


def _held(document: Node, within: Iterable[Mapping]) -> Iterator[_Held]:
    if text(document, "kind") == "ConfigMap":
        yield from _config_map(document)
    elif text(document, "kind") == "List":
        for each in items(document, "items"):
            yield from _held(each, mappings(each))
    else:
        for each in within:
            for one in each.pairs:
                yield from _at(one)


def _config_map(node: Node) -> Iterator[_Held]:
    name = text(node, "metadata", "name")
    prefix = f"{name}/" if name else ""
    data = get(node, "data")
    for each in data.pairs if isinstance(data, Mapping) else ():
        value = each.value
        if isinstance(value, Scalar) and ("\n" in value.text or "{" in value.text):
            yield _Held(each.key.text, f"{prefix}{each.key.text}", value)


def _at(found: Pair) -> Iterator[_Held]:
    """Yield what stands after `--config-yaml` in a container's arguments, or whole under any key.

    The latter are those of a Secret, a compose file, a chart's values.
    """
    value = found.value
    if isinstance(value, Sequence):
        if found.name in ("args", "command"):
            yield from _config_yaml(found)
    elif isinstance(value, Scalar) and _is_whole(value.text):
        label = found.key.text
        yield _Held(label if label.endswith(_NAMED) else _NAMELESS, label, value)


def _is_whole(value: str) -> bool:
    """Whether a text is a configuration, and not about one."""
    if "\n" not in value or not _YAML.match(value):
        return False
    return bool(_WHOLE.search(value) and _ENVOY.search(value))


def _config_yaml(arguments: Pair) -> Iterator[_Held]:
    previous = ""
    for value in items(arguments.value):
        if not isinstance(value, Scalar):
            continue
        if previous == "--config-yaml" and _ENVOY.search(value.text):
            yield _Held("envoy.yaml", "envoy.yaml", value)
        previous = value.text


def _content(data: bytes, scalar: Scalar) -> tuple[bytes, tuple[Segment, ...]] | None:
    """Return a scalar's bytes and where each piece stands; None if that can't be told exactly."""
    if scalar.style == "|":
        return _block(data, scalar)
    if scalar.style == ">":
        found = _block(data, scalar)
        folded = scalar.text.encode()
        same = found is not None and len(found[0].rstrip()) == len(folded.rstrip())
        return (folded[: len(found[0])], found[1]) if found and same else None
    inner = scalar.end - scalar.start - (2 if scalar.style else 0)
    start = scalar.start + (1 if scalar.style else 0)
    raw = data[start : start + inner]
    if scalar.style != '"':
        exact = raw == scalar.text.encode()
        return (raw, (Segment(0, start, len(raw)),)) if exact and raw else None
    return _quoted(raw, start, scalar.text)


def _block(data: bytes, scalar: Scalar) -> tuple[bytes, tuple[Segment, ...]] | None:
    header = data.find(b"\n", scalar.start, scalar.end)
    if header == -1:
        return None
    lines = data[header + 1 : scalar.end].splitlines(keepends=True)
    indents = [len(line) - len(line.lstrip(b" ")) for line in lines if line.strip()]
    if not indents:
        return None
    explicit = re.search(rb"[1-9]", data[scalar.start : header].split(b"#")[0])
    indent = indents[0] if not explicit else _explicit_indent(scalar.text, indents[0])
    pieces: list[bytes] = []
    segments: list[Segment] = []
    inner, outer = 0, header + 1
    for line in lines:
        cut = min(indent, len(line) - len(line.lstrip(b" ")))
        kept = line[cut:]
        segments.append(Segment(inner, outer + cut, len(kept)))
        pieces.append(kept)
        inner, outer = inner + len(kept), outer + len(line)
    return b"".join(pieces), tuple(segments)


def _explicit_indent(value: str, first: int) -> int:
    """Return the indentation left when the first line of content keeps some of its own."""
    line = next((each for each in value.splitlines() if each.strip()), "")
    return first - (len(line) - len(line.lstrip(" ")))


def _quoted(raw: bytes, start: int, value: str) -> tuple[bytes, tuple[Segment, ...]] | None:
    """Undo escapes piece by piece; what an escape makes lies at the escape's own place."""
    pieces: list[bytes] = []
    segments: list[Segment] = []
    inner = done = 0
    while done < len(raw):
        escape = raw.find(b"\\", done)
        stop = escape if escape != -1 else len(raw)
        if stop > done:
            segments.append(Segment(inner, start + done, stop - done))
            pieces.append(raw[done:stop])
            inner += stop - done
        if escape == -1:
            break
        made, length = _unescaped(raw, escape)
        if made is None:
            return None
        segments.append(Segment(inner, start + escape, 0))
        pieces.append(made)
        inner += len(made)
        done = escape + length
    data = b"".join(pieces)
    return (data, tuple(segments)) if data and data == value.encode("utf-8", "replace") else None


def _unescaped(raw: bytes, at: int) -> tuple[bytes | None, int]:
    letter = chr(raw[at + 1]) if at + 1 < len(raw) else ""
    if letter in _WIDE:
        digits = raw[at + 2 : at + 2 + _WIDE[letter]]
        try:
            return chr(int(digits, 16)).encode("utf-8", "replace"), 2 + _WIDE[letter]
        except (ValueError, OverflowError):
            return None, 0
    made = _ESCAPES.get(letter)
    return (made.encode(), 2) if made is not None else (None, 0)
