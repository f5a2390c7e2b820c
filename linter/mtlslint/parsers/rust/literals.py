"""Reads literals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtlslint.code.ir import Constant

if TYPE_CHECKING:
    from tree_sitter import Node

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", '"': '"', "'": "'"}
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f_]{1,6})\}|(\n)\s*|(.))", re.DOTALL)
_NUMBER = re.compile(r"(0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*)", re.IGNORECASE)


def constant_of(node: Node) -> Constant:
    """Return a literal's value, None if it can't be read; floats and characters as they stand."""
    kind, text = node.type, str(node.text or b"", "utf-8", "replace")
    if kind == "boolean_literal":
        return text == "true"
    if kind in ("integer_literal", "negative_literal"):
        return _integer(text)
    if kind == "raw_string_literal":
        inner = text.lstrip("bcr").strip("#")
        return inner[1:-1]
    if kind == "string_literal":
        inner = text.lstrip("bc")[1:-1]
        return _ESCAPE.sub(_unescaped, inner) if "\\" in inner else inner
    return text


def _integer(text: str) -> int | None:
    sign = -1 if text.startswith("-") else 1
    match = _NUMBER.match(text.lstrip("- "))
    if match is None or len(text) > 40:
        return None
    digits = match[1].replace("_", "").lower()
    try:
        return sign * int(digits, 0 if digits[:2] in ("0x", "0o", "0b") else 10)
    except ValueError:
        return None


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or (match[2] or "").replace("_", "")
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "?"
    return "" if match[3] else _ESCAPES.get(match[4], match[4])
