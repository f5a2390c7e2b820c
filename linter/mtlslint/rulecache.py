"""Rule files as they were parsed, kept between runs: the YAML reader is a third of a small run.

The cache holds each file's bytes beside what was read of them, so it is never stale. It lies in
the user's own cache folder; where there is none, or it is damaged, files are simply read again.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from typing import Any

from mtlslint import __version__
from mtlslint.shape import Node, yaml_node


class RuleCache:
    """Nodes of rule files by content."""

    def __init__(self) -> None:
        self._place = _cache_file()
        self._kept: dict[bytes, Any] = _load(self._place)
        self._used: dict[bytes, Any] = {}
        self._grown = False

    def node(self, data: bytes) -> Node:
        """Return what is written in a rule file; raises ShapeError."""
        if data in self._kept:
            self._used[data] = self._kept[data]
            return _node(self._kept[data])
        read = yaml_node(data)
        self._used[data] = _plain(read)
        self._grown = True
        return read

    def save(self) -> None:
        """Keep what was used this time, whole or not at all."""
        if not self._place or not self._grown:
            return
        part = f"{self._place}.{os.getpid()}"
        with contextlib.suppress(OSError):  # a cache that can't be written is none
            os.makedirs(os.path.dirname(part), exist_ok=True)
            with open(part, "wb") as file:
                file.write(marshal.dumps(self._used))
            os.replace(part, self._place)


def _cache_file() -> str | None:
    home = os.path.expanduser("~")
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if not base and os.path.isdir(home):
        base = os.path.join(home, ".cache")
    name = f"rules-{__version__}-{sys.implementation.cache_tag}"
    return os.path.join(base, "mtlslint", name) if base else None


def _load(place: str | None) -> dict[bytes, Any]:
    try:
        with open(place or "", "rb") as file:
            kept = marshal.loads(file.read())
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _plain(node: Node) -> Any:
    """Return a node as the plain values that can be kept."""
    if isinstance(node.value, dict):
        return {key: _plain(value) for key, value in node.value.items()}, node.line
    if isinstance(node.value, list):
        return [_plain(value) for value in node.value], node.line
    return tuple(node)


def _node(plain: Any) -> Node:
    value, line = plain
    if isinstance(value, dict):
        return Node({key: _node(inner) for key, inner in value.items()}, line)
    if isinstance(value, list):
        return Node([_node(inner) for inner in value], line)
    return Node(value, line)
