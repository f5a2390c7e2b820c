"""The services of compose files: names by which the programs of a project reach each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

COMPOSE = re.compile(r"(?:docker-)?compose[\w.-]*\.ya?ml")
"""What compose files are called."""

_KEY = re.compile(rb"([ \t]+)[\"']?([\w.-]+)[\"']?:[ \t]*(?:[#&].*)?$")
_BLANK = re.compile(rb"[ \t]*(?:#.*)?$")


_STARTS = re.compile(rb"^services:", re.MULTILINE)
_RUNS = re.compile(rb"^[ \t]+(?:image|build):", re.MULTILINE)


def services(path: str, data: bytes) -> Iterator[str]:
    """Yield the names of the services in a compose file, whatever it is called."""
    if not path.endswith((".yaml", ".yml")) or not (_STARTS.search(data) and _RUNS.search(data)):
        return
    within, indent = False, b""
    for line in data.splitlines():
        if _BLANK.match(line):
            continue
        if not line[:1].isspace():
            within, indent = line.split(b":")[0] == b"services", b""
            continue
        key = _KEY.match(line) if within else None
        if key:
            indent = indent or key[1]
            if key[1] == indent:
                yield key[2].decode("utf-8", "replace")
