"""What Envoy's own API says of its messages: `fields.txt`, and which name another one resembles."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple


class Field(NamedTuple):
    """What a field holds: a message, an enumeration, `bool`, `text`, `number` or `-` for others.

    Of the fields of one `group` only one may be set.
    """

    kind: str
    group: str = ""


class Api(NamedTuple):
    """The messages and enumerations of one version of the API."""

    messages: Mapping[str, Mapping[str, Field]]
    enums: Mapping[str, tuple[str, ...]]

    def path_to(self, name: str, root: str) -> str | None:
        """Return the shortest way from a message to a field of that name, None if there's none.

        It is written with dots and ends in what holds the field; empty if that's the message.
        """
        waiting = [("", root)]
        taken = {root}
        for path, kind in waiting:
            fields = self.messages.get(kind, {})
            if name in fields:
                return path
            for each, field in fields.items():
                if field.kind in self.messages and field.kind not in taken:
                    taken.add(field.kind)
                    waiting.append((f"{path}.{each}" if path else each, field.kind))
        return None


@lru_cache(maxsize=1)
def apis() -> Mapping[str, Api]:
    """Return the versions of the API by name: `v3` and `v2`."""
    messages: dict[str, dict[str, dict[str, Field]]] = {"v3": {}, "v2": {}}
    enums: dict[str, dict[str, tuple[str, ...]]] = {"v3": {}, "v2": {}}
    for block in files(__package__).joinpath("fields.txt").read_text("utf-8").split("\n\n")[1:]:
        head, *rows = block.splitlines()
        version, name, *enum = head.split()
        if enum:
            enums[version][name] = tuple(row.strip() for row in rows)
        else:
            fields = (row.split() for row in rows)
            messages[version][name] = {field: Field(*words) for field, *words in fields}
    return {version: Api(messages[version], enums[version]) for version in messages}


_SHORT = {"cert": "certificate", "min": "minimum", "max": "maximum", "auth": "authentication"}
_ALIKE = 0.93
"""Two letters of a long name may differ: what is less alike may be a field of a later version."""


def resembling(name: str, known: Iterable[str]) -> str:
    """Return the known name that a name must be meant for, "" if there's none."""
    every = list(known)
    meant = _words(name)
    for each in every:
        if _words(each) == meant:
            return each
    return next(iter(difflib.get_close_matches(name, every, 1, _ALIKE)), "")


@lru_cache(maxsize=512)
def _words(name: str) -> tuple[str, ...]:
    """Return a name's words in any order: singular and unabbreviated."""
    words = (word.removesuffix("s") for word in re.split(r"[\W_]+", name.lower()))
    return tuple(sorted(_SHORT.get(word, word) for word in words))
