"""Reads literals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtlslint.code.ir import Constant

if TYPE_CHECKING:
    from tree_sitter import Node

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\n": ""}
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_LONGEST = 20_000


def text_of(node: Node | None) -> str:
    """Return a node's text."""
    data = node.text if node is not None else None
    return data.decode("utf-8", "replace") if data is not None else ""


def constant_of(node: Node) -> Constant:
    """Return a literal's value; None for what isn't needed (floats) or can't be read."""
    if node.type in ("true", "false"):
        return node.type == "true"
    if node.type == "integer":
        return _integer(text_of(node))
    return None


def string_parts(node: Node) -> tuple[str, list[Node]]:
    """Return a string's prefix in lower case and its contents and interpolations."""
    start = node.children[0] if node.children else None
    prefix = text_of(start).rstrip("'\"").lower() if start is not None else ""
    parts = [child for child in node.named_children if child.type in _PARTS]
    return prefix, parts


_PARTS = ("string_content", "interpolation")


def plain_text(text: str) -> str | None:
    """Return what a string says by its text; None if it may hold expressions, or has no end."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    raw = "r" in match[1].lower()
    said = match[3][:_LONGEST]
    return said if raw or "\\" not in said else _ESCAPE.sub(_unescaped, said)


_PLAIN = re.compile(r"""([bruBRU]*)(\"{3}|'{3}|["'])(.*)\2""", re.DOTALL)


def content_of(node: Node, raw: bool) -> str:
    """Return the text of a piece of a string."""
    text = text_of(node)[:_LONGEST]
    return text if raw else _ESCAPE.sub(_unescaped, text)


def _integer(text: str) -> int | None:
    digits = text.replace("_", "").lower().rstrip("lj")
    if len(digits) > 40:
        return None
    try:
        return int(digits, 0)
    except ValueError:
        return int(digits, 8) if digits.isdigit() and not set(digits) & {"8", "9"} else None


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        number = int(code, 16)
        return chr(number) if not 0xD800 <= number < 0xE000 else "?"
    return _ESCAPES.get(match[3], match[3])
