"""What git tracks in a work tree: it is part of the project, whatever .gitignore says.

The format of the index: https://git-scm.com/docs/index-format, versions 2 to 4.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

MAX_BYTES = 100_000_000
_FIXED = 62
_LONG = 0xFFF
_EXTENDED = 0x4000


class Tracked(NamedTuple):
    """Tracked files and the folders that hold some, relative to the work tree."""

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()


def tracked(root: str | os.PathLike[str]) -> Tracked:
    """Return what the index of a work tree lists; nothing if there is none, or it isn't read."""
    path = os.path.join(root, ".git", "index")
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return Tracked()
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES)
        names = frozenset(name.decode("utf-8") for name in _names(data))
    except (OSError, ValueError, IndexError):
        return Tracked()
    folders: set[str] = set()
    for name in names:
        folder = name.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return Tracked(names, frozenset(folders))


def _names(data: bytes) -> Iterator[bytes]:
    version = int.from_bytes(data[4:8], "big")
    if data[:4] != b"DIRC" or version not in (2, 3, 4):
        return
    at, name = 12, b""
    for _ in range(int.from_bytes(data[8:12], "big")):
        start = at
        if start + _FIXED > len(data):
            raise ValueError("ends within an entry")
        flags = int.from_bytes(data[start + _FIXED - 2 : start + _FIXED], "big")
        at = start + _FIXED + (2 if version > 2 and flags & _EXTENDED else 0)
        if version == 4:
            dropped, at = _number(data, at)
            end = data.index(b"\0", at)
            name, at = name[: len(name) - dropped] + data[at:end], end + 1
        else:
            length = flags & _LONG
            end = at + length if length < _LONG else data.index(b"\0", at)
            name, at = data[at:end], end + 8 - (end - start) % 8
        yield name


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of variable length; return it and where it ends."""
    value = data[at] & 0x7F
    while data[at] & 0x80:
        at += 1
        value = ((value + 1) << 7) | (data[at] & 0x7F)
    return value, at + 1
