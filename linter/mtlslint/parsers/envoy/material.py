"""Private keys that are written into configuration, or named by it."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator

from mtlslint.facts import Paths
from mtlslint.model import Material
from mtlslint.parsers.envoy.node import Mapping, Node, Pair, Scalar, get, literal, text, walk
from mtlslint.source import Span

_FIELDS = ("private_key", "pkcs12")
# A key has a body: what only shows where to paste one is none.
_PEM = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY-----\s*((?:[A-Za-z0-9+/=]+\s*)+)")
_LEAST = 40


def private_keys(document: Node, path: str) -> Iterator[Material]:
    """Yield the private keys that the data sources of a document hold or name."""
    for each in walk(document):
        if each.name not in _FIELDS or not isinstance(each.value, Mapping):
            continue
        for source in each.value.pairs:
            span = Span(path, source.key.start, source.key.end)
            if _holds_key(each.name, source):
                yield Material(each.key.text, "key", "embedded", span, "written in place")
            elif source.name == "filename" and isinstance(source.value, Scalar):
                yield Material(source.value.text, "key", "external", span)


def in_project(material: Material, paths: Paths) -> Material:
    """Return a key that is named and lies in the project as one that is held there."""
    if material.held != "external":
        return material
    found = paths.beside(material.name, material.span.path)
    return material._replace(name=found, held="file") if found else material


def manifest_keys(document: Node, path: str) -> Iterator[Material]:
    """Yield the private keys that a ConfigMap holds."""
    data = get(document, "data")
    if text(document, "kind") != "ConfigMap" or not isinstance(data, Mapping):
        return
    for each in data.pairs:
        if isinstance(each.value, Scalar) and _is_pem_key(each.value.text):
            span = Span(path, each.key.start, each.key.end)
            yield Material(each.key.text, "key", "embedded", span, "kept in a ConfigMap")


def _holds_key(field: str, inline: Pair) -> bool:
    value = inline.value
    if not isinstance(value, Scalar) or not literal(value.text):
        return False
    if inline.name == "inline_string":
        return _is_pem_key(value.text)
    if inline.name != "inline_bytes":
        return False
    decoded = _decoded(value.text)
    return bool(decoded) and (field == "pkcs12" or _is_pem_key(decoded))


def _decoded(value: str) -> str:
    try:
        return b64decode("".join(value.split()), validate=True).decode("latin-1")
    except (binascii.Error, ValueError):
        return ""


def _is_pem_key(value: str) -> bool:
    found = _PEM.search(value)
    return found is not None and len("".join(found[1].split())) >= _LEAST
