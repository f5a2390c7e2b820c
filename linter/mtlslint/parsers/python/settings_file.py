"""Configuration files that are Python: their names are the settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.parsers.python.literals import text_of
from mtlslint.parsers.python.lowering import Lowering

if TYPE_CHECKING:
    from tree_sitter import Node

_GUNICORN = re.compile(r"(?i)(?:.*gunicorn.*|.*\.conf)\.py$")


def settings_call(low: Lowering, path: str, statements: list[Node]) -> list[ir.Node]:
    """Return a call of what reads the file, with its names as keywords."""
    name = path.rpartition("/")[2]
    if not _GUNICORN.match(name):
        return []
    keywords: dict[str, ir.Node] = {}
    for node in statements:
        inner = node.named_children[0] if node.named_children else None
        left = inner.child_by_field_name("left") if inner is not None else None
        right = inner.child_by_field_name("right") if inner is not None else None
        if left is None or right is None or left.type != "identifier":
            continue
        span = low.one_line(left, right)
        keywords[text_of(left)] = ir.Name(span, ("", *low.module, text_of(left)))
    if not keywords.keys() & _TELLING:
        return []
    telling = (one.span for key, one in keywords.items() if key in _TELLING)
    span = keywords["bind"].span if "bind" in keywords else next(telling)
    call = ir.Invoke(span, (), tuple(keywords.items()))
    return [ir.Chain(span, ir.Name(span, ("gunicorn", "Settings")), (call,))]


_TELLING = frozenset({"bind", "certfile", "keyfile", "ca_certs", "cert_reqs", "wsgi_app"})
