"""Keys that let a finding be recognised when lines around it move.

`line_hashes` gives what GitHub's upload action works out for `primaryLocationLineHash`: a key that
differs from its own is warned about on every upload. `construct_key` is our own and doesn't depend
on the lines that follow.
"""

from __future__ import annotations

import json
from array import array
from hashlib import sha256
from itertools import accumulate, chain, compress, islice, repeat

WINDOW = 100
"""Characters that a line's hash covers; they run on into the lines that follow."""

_BASE = 37
_MASK = (1 << 64) - 1
_LEAVING = pow(_BASE, WINDOW, _MASK + 1)
_LF = 0x0A
_END = 0xFFFF


def line_hashes(data: bytes) -> list[str]:
    """Return GitHub's `hash:n` for every line, n counting equal hashes from 1.

    Lines end in LF, CRLF or CR, as in `Source.line_starts`. The text is decoded as Node does it
    (a byte order mark stays, undecodable bytes are replaced) and hashed in UTF-16 units.
    """
    units = _units(data)
    seen: dict[int, int] = {}
    hashes = []
    for value in compress(islice(_windows(units), WINDOW, None), _line_starts(units)):
        seen[value] = seen.get(value, 0) + 1
        hashes.append(f"{value:x}:{seen[value]}")
    return hashes


def _units(data: bytes) -> array[int]:
    """Return what is hashed: UTF-16 units without blanks, every line end an LF, then an end."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace(" ", "").replace("\t", "")
    units = array("H", text.encode("utf-16-le"))
    if array("H", b"\x01\x00")[0] != 1:
        units.byteswap()
    units.append(_END)
    return units


def _windows(units: array[int]) -> accumulate[int]:
    """Return, for each count of units taken in (from 0), the hash of the last WINDOW of them."""
    taken = chain(units, repeat(0, WINDOW))
    left = chain(repeat(0, WINDOW), units)
    steps = chain((0,), (new - _LEAVING * old for new, old in zip(taken, left, strict=True)))
    return accumulate(steps, lambda value, step: (value * _BASE + step) & _MASK)


def _line_starts(units: array[int]) -> chain[bool]:
    """Say for each unit whether a line begins with it."""
    return chain((True,), (unit == _LF for unit in islice(units, len(units) - 1)))


def construct_key(rule: str, path: str, endpoint: str, setting: str, text: str) -> str:
    """Return a key of what is found in which construct, whatever its place and white space."""
    parts = [rule, path, endpoint, setting, " ".join(text.split())]
    return sha256(json.dumps(parts).encode("ascii")).hexdigest()[:32]
