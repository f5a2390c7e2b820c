"""Macros: the token tree is parsed again as what the macro takes it for.

What isn't known is tried as a list of expressions, then as statements; where neither parses, it
is split at its commas, arrows and blocks, and the pieces are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.parsers.rust import statements
from mtlslint.parsers.rust.attributes import conditions_of
from mtlslint.parsers.rust.uses import Scope, path_of
from mtlslint.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

    from mtlslint.parsers.rust.lowering import Lowering

_LISTS = frozenset({"vec", "smallvec", "array", "join", "try_join", "hashset", "btreeset"})
_SILENT = frozenset(
    {"println", "print", "eprintln", "eprint", "info", "debug", "warn", "error", "trace", "log"}
    | {"json", "span", "event", "write", "writeln", "instrument", "include_str", "anyhow"}
    | {"include_bytes", "env", "option_env", "eyre", "file", "line", "stringify", "assert_matches"}
    | {"info_span", "debug_span", "trace_span", "error_span", "html", "sql", "query", "doc"}
)
_STOPS = frozenset({"panic", "unreachable", "todo", "unimplemented", "compile_error"})
_FAILS = frozenset({"bail", "ensure", "assert", "assert_eq", "assert_ne", "ensure_eq"})
_HOLE = re.compile(r"\{\{|\}\}|\{([^{}:]*)(?::[^{}]*)?\}")


def lower_macro(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """Return what a macro invocation amounts to."""
    holder = node.child_by_field_name("macro")
    tree = node.named_children[-1] if node.named_children else None
    path = path_of(holder) if holder is not None else ()
    if not path or tree is None or tree.type != "token_tree":
        return ir.Opaque(low.span(node), "macro")
    name = path[-1]
    span = low.between(node.start_byte, tree.start_byte)
    if name in _STOPS:
        return ir.Leave(span, stop=True)
    if name == "bail":
        return ir.Return(span, None, failing=True)
    if name in _SILENT:
        return ir.Opaque(span, f"{name}!")
    if name == "cfg":
        return _cfg(low, tree, span)
    if name in ("format", "format_args"):
        return _format(low, tree, scope, span)
    if name == "concat":
        return _concat(low, tree, scope, span)
    if name == "matches":
        return _matches(low, tree, scope, span)
    items = _expressions(low, tree, scope)
    if name in _LISTS and items is not None:
        return ir.Series(span, items)
    if name in _FAILS:
        return ir.Chain(span, ir.Opaque(span, f"{name}!", items or ()), (ir.Check(span),))
    if name == "dbg" and items:
        return items[0] if len(items) == 1 else ir.Series(span, items)
    if name == "try" and items:
        return ir.Chain(span, items[0], (ir.Check(span),))
    if name == "pin" and items:
        return items[0]
    if items is None:
        items = _statements(low, tree, scope) or tuple(_pieces(low, tree, scope))
    return ir.Opaque(span, f"{name}!", items)


def inner_bytes(tree: Node) -> bytes:
    """Return what stands between a token tree's delimiters."""
    text = tree.text
    return text[1:-1] if text is not None else b""


@contextmanager
def shifted(low: Lowering, delta: int) -> Iterator[None]:
    """Lower nodes of another parse, whose offsets are `delta` below this one's."""
    before = low.offset
    low.offset = before + delta
    try:
        yield
    finally:
        low.offset = before


def parse(low: Lowering, before: bytes, text: bytes, after: bytes) -> Node | None:
    """Parse text in a frame; None if it isn't Rust there."""
    root = low.parser.parse(before + text + after).root_node
    return None if root.has_error else root


def _body(root: Node) -> Node | None:
    function = root.named_children[0] if root.named_children else None
    return function.child_by_field_name("body") if function is not None else None


_LIST = (b"fn f(){[", b"\n]}")
_BODY = (b"fn f(){", b"\n}")


def _expressions(low: Lowering, tree: Node, scope: Scope) -> tuple[ir.Node, ...] | None:
    """Read a token tree as expressions between commas; None if it is something else."""
    return _listed(low, inner_bytes(tree), tree.start_byte + 1, scope)


def _listed(low: Lowering, text: bytes, start: int, scope: Scope) -> tuple[ir.Node, ...] | None:
    root = parse(low, _LIST[0], text, _LIST[1]) if text.strip() else None
    if root is None:
        return None if text.strip() else ()
    body = _body(root)
    array = body.named_children[0] if body is not None and body.named_children else None
    if array is None or array.type != "array_expression":
        return None
    with shifted(low, start - len(_LIST[0])):
        length = array.child_by_field_name("length")
        items = [c for c in array.named_children if c != length and not c.type.endswith("comment")]
        return tuple(low.lower(item, scope) for item in items if item.type != "attribute_item")


def parse_body(low: Lowering, frame: tuple[bytes, bytes], text: bytes) -> Node | None:
    """Parse text in a frame that is a function; return its body, or None if it isn't Rust."""
    root = parse(low, frame[0], text, frame[1])
    return _body(root) if root is not None else None


def _statements(low: Lowering, tree: Node, scope: Scope) -> tuple[ir.Node, ...]:
    body = parse_body(low, _BODY, inner_bytes(tree))
    if body is None:
        return ()
    with shifted(low, tree.start_byte + 1 - len(_BODY[0])):
        return statements.lower_body(low, body, Scope(scope))


def _pieces(low: Lowering, tree: Node, scope: Scope) -> Iterator[ir.Node]:
    """Try what stands between commas, arrows and blocks (`select!`, `cfg_if!`)."""
    start: int | None = None
    for token in tree.children[1:]:
        last = token == tree.children[-1]
        if last or token.type in (",", "=>", ";", "=") or is_block(token):
            if start is not None:
                yield from _piece(low, tree, start, token.start_byte, scope)
            start = None
            if is_block(token):
                yield from _block_piece(low, token, scope)
        elif start is None:
            start = token.start_byte


def is_block(node: Node) -> bool:
    """Whether a token is a pair of braces with what is in it."""
    return node.type == "token_tree" and (node.text or b"")[:1] == b"{"


def _piece(low: Lowering, tree: Node, start: int, end: int, scope: Scope) -> tuple[ir.Node, ...]:
    text = (tree.text or b"")[start - tree.start_byte : end - tree.start_byte]
    if b"(" not in text or len(text) > 20_000:
        return ()
    return _listed(low, text, start, scope) or ()


def _block_piece(low: Lowering, token: Node, scope: Scope) -> tuple[ir.Node, ...]:
    if low.depth > 30:
        return ()
    low.depth += 1
    try:
        return _statements(low, token, scope)
    finally:
        low.depth -= 1


def _cfg(low: Lowering, tree: Node, span: Span) -> ir.Node:
    text = b"".join(inner_bytes(tree).split()).decode("utf-8", "replace")
    conditions = conditions_of(text)
    if conditions:
        built = ir.Guarded(span, conditions, ir.Literal(span, True))
        arms = (
            ir.Arm(None, built, ir.Literal(span, True)),
            ir.Arm(None, None, ir.Literal(span, False)),
        )
        return ir.Choice(span, None, arms)
    return ir.Opaque(span, "a build-time switch")


def _format(low: Lowering, tree: Node, scope: Scope, span: Span) -> ir.Node:
    items = _expressions(low, tree, scope) or ()
    first = items[0] if items else None
    if not isinstance(first, ir.Literal) or not isinstance(first.value, str):
        return ir.Opaque(span, "format!", items)
    waiting = iter(items[1:])
    parts: list[str | ir.Node] = []
    end = 0
    for match in _HOLE.finditer(first.value):
        parts.append(first.value[end : match.start()])
        end = match.end()
        if match[0] in ("{{", "}}"):
            parts.append(match[0][0])
        elif match[1].strip() and not match[1].strip().isdigit():
            parts.append(ir.Name(span, (match[1].strip(),)))
        else:
            parts.append(next(waiting, ir.Opaque(span, "missing")))
    return ir.Template(span, (*parts, first.value[end:]))


def _concat(low: Lowering, tree: Node, scope: Scope, span: Span) -> ir.Node:
    items = _expressions(low, tree, scope) or ()
    parts = (str(one.value) if isinstance(one, ir.Literal) else one for one in items)
    return ir.Template(span, tuple(parts))


def _matches(low: Lowering, tree: Node, scope: Scope, span: Span) -> ir.Node:
    comma = next((token for token in tree.children if token.type == ","), None)
    if comma is None:
        return ir.Opaque(span, "matches!")
    text = tree.text or b""
    border = comma.start_byte - tree.start_byte
    value = _listed(low, text[1:border], tree.start_byte + 1, scope)
    root = parse(low, b"fn f(){match x {", text[border + 1 : -1].rstrip(b", \n"), b"=>1}}")
    body = _body(root) if root is not None else None
    if body is None or not value or len(value) != 1:
        return ir.Opaque(span, "matches!", value or ())
    with shifted(low, comma.end_byte - len(b"fn f(){match x {")):
        choice = low.lower(_expression_in(body), scope)
    arm = choice.arms[0] if isinstance(choice, ir.Choice) and choice.arms else None
    if arm is None or arm.pattern is None:
        return ir.Opaque(span, "matches!", value)
    test = ir.Matches(span, arm.pattern, value[0])
    return test if arm.guard is None else ir.Operator(span, "and", (test, arm.guard))


def _expression_in(body: Node) -> Node | None:
    first = body.named_children[0] if body.named_children else None
    if first is not None and first.type == "expression_statement":
        return first.named_children[0] if first.named_children else None
    return first


_VARIABLE = re.compile(rb"\$(?=[A-Za-z_])")
_BRACKET = re.compile(rb"[()]")
_REPEATED = re.compile(rb"\)[^\s()*+?]?[*+?]")


def transcribed(text: bytes) -> bytes:
    """Return what a rule expands to, of the same length: a variable is some name.

    What is repeated stands there once.
    """
    found = bytearray(text)
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == b"(":
            opened.append(match.start())
        elif opened:
            _blank_repetition(found, opened.pop(), match.start())
    return _VARIABLE.sub(b"_", bytes(found).replace(b"$crate", b"crate "))


def _blank_repetition(text: bytearray, start: int, end: int) -> None:
    """Take the marks of `$( .. ),*` away and leave what stands between them."""
    match = _REPEATED.match(text, end)
    if start and text[start - 1 : start] == b"$" and match is not None:
        text[start - 1 : start + 1] = b"  "
        text[end : match.end()] = b" " * (match.end() - end)


def item_source(tree: Node, name: str) -> bytes:
    """Return a macro's content as plain items of the same length (`lazy_static!`)."""
    text = inner_bytes(tree)
    if name == "lazy_static":
        return text.replace(b"static ref ", b"static     ")
    return text
