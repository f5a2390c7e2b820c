"""Configuration files that are Python: their names are the settings."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.parsers.python.literals import text_of
from mtlslint.parsers.python.lowering import Lowering
from mtlslint.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_GUNICORN = re.compile(r"(?i)(?:.*gunicorn.*|.*\.conf)\.py$")


def settings_call(
    low: Lowering, path: str, statements: list[Node], defined: Container[str]
) -> list[ir.Node]:
    """Return a call of what reads the file, with its names as keywords."""
    keywords = _assigned(low, statements)
    found = [
        _call(span, meant, (ir.Name(span, ("", *low.module, name)),))
        for name, meant in _LOOKED_FOR.items()
        for span in _first(low, statements, name if name in defined else "")
    ]
    if not keywords.keys() & _TELLING or not _GUNICORN.match(path.rpartition("/")[2]):
        return found
    telling = (one.span for key, one in keywords.items() if key in _TELLING)
    span = keywords["bind"].span if "bind" in keywords else next(telling)
    reader = "Settings"
    if _HOOK in defined:
        reader = "HookedSettings"
        keywords[_HOOK] = _hooked(("", *low.module, _HOOK), keywords, span)
    return [*found, _call(span, ("gunicorn", reader), keywords=tuple(keywords.items()))]


def _assigned(low: Lowering, statements: list[Node]) -> dict[str, ir.Node]:
    """Return the names that a module binds, as what they hold where it was read."""
    found: dict[str, ir.Node] = {}
    for node in statements:
        inner = node.named_children[0] if node.named_children else None
        left = inner.child_by_field_name("left") if inner is not None else None
        right = inner.child_by_field_name("right") if inner is not None else None
        if left is None or right is None or left.type != "identifier":
            continue
        span = low.one_line(left, right)
        found[text_of(left)] = ir.Name(span, ("", *low.module, text_of(left)))
    return found


def _first(low: Lowering, statements: list[Node], name: str) -> Iterator[Span]:
    """Yield where a module first binds a name, at once or by an arm of a choice."""
    for node in statements:
        if name and re.search(rf"\b{name}\s*=", text_of(node)):
            yield low.one_line(node, node)
            return


def _hooked(hook: ir.Path, settings: Mapping[str, ir.Node], span: Span) -> ir.Node:
    """Return the context that a hook makes; it is given what makes the one of the settings."""
    authorities = settings.get("ca_certs")
    site = authorities.span if authorities is not None else span
    made = _call(
        site,
        ("ssl", "create_default_context"),
        (ir.Name(site, ("ssl", "Purpose", "CLIENT_AUTH")),),
        (("cafile", authorities),) if authorities is not None else (),
    )
    body: list[ir.Node] = [ir.Assign(site, ir.Name(site, (_DEFAULT,)), "=", made)]
    mode = settings.get("cert_reqs")
    if mode is not None:
        field = ir.Field(mode.span, "verify_mode")
        target = ir.Chain(mode.span, ir.Name(site, (_DEFAULT,)), (field,))
        body.append(ir.Assign(mode.span, target, "=", mode))
    body.append(ir.Give(site, ir.Name(site, (_DEFAULT,))))
    factory = ir.Closure(site, (), ir.Block(site, tuple(body)))
    return _call(site, hook, (ir.Opaque(site, "the settings"), factory))


def _call(
    span: Span,
    path: ir.Path,
    args: tuple[ir.Node, ...] = (),
    keywords: tuple[tuple[str, ir.Node], ...] = (),
) -> ir.Node:
    return ir.Chain(span, ir.Name(span, path), (ir.Invoke(span, args, keywords),))


_HOOK = "ssl_context"
_DEFAULT = "<default context>"
_TELLING = frozenset({"bind", "certfile", "keyfile", "ca_certs", "cert_reqs", "wsgi_app"})
_CELERY: ir.Path = ("celery", "use_ssl")
_LOOKED_FOR = {
    "CELERY_BROKER_USE_SSL": _CELERY,
    "BROKER_USE_SSL": _CELERY,
    "CELERY_REDIS_BACKEND_USE_SSL": _CELERY,
    "CELERY_RESULT_BACKEND_USE_SSL": _CELERY,
    "broker_use_ssl": _CELERY,
    "redis_backend_use_ssl": _CELERY,
}
"""Names by which a framework hands a module's values to a library, wherever they are."""
