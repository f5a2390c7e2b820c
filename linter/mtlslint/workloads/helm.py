"""Placeholders of Helm charts, filled in from the chart's own `values.yaml`.

What isn't a literal there stays as it is written: two placeholders that say the same are the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mtlslint.facts import Paths
from mtlslint.files import Files
from mtlslint.workloads.manifest import Fill, manifests
from mtlslint.yamltree.node import Mapping, Scalar

_TAG = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
_VALUE = re.compile(r"\.Values((?:\.\w+)+)")
_DEFAULT = re.compile(r"default\s+\"?([\w./-]+)\"?(?:\s+(\.Values(?:\.\w+)+))?")
_PLAIN = frozenset({"quote", "squote", "int", "int64", "toString", "trim"})
_CHART = "templates/"


def filling(path: str, paths: Paths, files: Files) -> Fill:
    """Return how placeholders are filled in, in a manifest."""
    before, folder, _ = path.rpartition(_CHART)
    values = f"{before}values.yaml"
    if not folder or values not in paths.known:
        return _unified
    try:
        table = _values(files.read(values))
    except OSError:
        return _unified
    return lambda text: _TAG.sub(lambda tag: _replaced(tag[1], table) or _written(tag[1]), text)


def _unified(text: str) -> str:
    return _TAG.sub(lambda tag: _written(tag[1]), text)


def _written(inner: str) -> str:
    return "{{" + " ".join(inner.split()) + "}}"


def _replaced(inner: str, values: dict[str, str]) -> str:
    """Return what a placeholder stands for, "" if that isn't known."""
    steps = [step.strip() for step in inner.split("|")]
    found = ""
    for step in steps:
        word = step.split()[0] if step.split() else ""
        direct, default = _VALUE.fullmatch(step), _DEFAULT.fullmatch(step)
        if direct:
            found = values.get(direct[1][1:], "")
        elif default:
            named = default[2]
            own = values.get(named.removeprefix(".Values."), "") if named else found
            found = own or default[1]
        elif word in _PLAIN and len(step.split()) > 1:
            inside = _VALUE.fullmatch(step.split()[1])
            found = values.get(inside[1][1:], "") if inside else ""
        elif word not in _PLAIN:
            return ""
    return found


@lru_cache(maxsize=64)
def _values(data: bytes) -> dict[str, str]:
    """Return the literals of a values file by dotted path."""
    found: dict[str, str] = {}
    for manifest in manifests("", data, lambda text: text):
        stack = [("", manifest.root)]
        while stack:
            prefix, node = stack.pop()
            if isinstance(node, Scalar):
                found[prefix] = node.text
            elif isinstance(node, Mapping):
                for each in node.pairs:
                    stack.append((f"{prefix}.{each.key.text}".lstrip("."), each.value))
    return found
