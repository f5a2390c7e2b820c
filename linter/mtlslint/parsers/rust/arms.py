"""Macros with arms (`select!`): all futures are made, then one arm's code runs.

pattern = future, if condition => code
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code import ir
from mtlslint.parsers.rust import macros, statements
from mtlslint.parsers.rust.uses import Scope, path_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from mtlslint.parsers.rust.lowering import Lowering

_SELECTS = frozenset({("select",), ("select_biased",)})
_LET = (b"fn f(){let ", b"\n;}")
_EXPRESSION = (b"fn f(){", b"\n}")


class _Arm(NamedTuple):
    """The tokens of an arm before its arrow, and after it."""

    head: list[Node]
    code: list[Node]


def lower_invocation(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """Return what a macro invocation amounts to."""
    holder = node.child_by_field_name("macro")
    tree = node.named_children[-1] if node.named_children else None
    if holder is not None and tree is not None and path_of(holder)[-1:] in _SELECTS:
        found = _select(low, tree, scope)
        if found is not None:
            return found
    return macros.lower_macro(low, node, scope)


def _select(low: Lowering, tree: Node, scope: Scope) -> ir.Node | None:
    """Return what a `select!` amounts to; None if one of its arms isn't understood."""
    span = low.between(tree.start_byte, tree.start_byte + 1)
    inner = Scope(scope)
    made: list[ir.Node] = []
    arms: list[ir.Arm] = []
    for arm in _arms(tree):
        body: list[ir.Node] = []
        if any(token.type == "=" for token in arm.head):
            awaited = _awaited(low, arm.head, inner)
            if awaited is None:
                return None
            name = f"future {len(made)}"
            made.append(ir.Bind(awaited.span, ir.Capture(name), awaited.value))
            body.append(ir.Bind(awaited.span, awaited.pattern, ir.Name(awaited.span, (name,))))
        elif len(arm.head) != 1:
            return None
        code = _code(low, arm.code, inner)
        if code is None:
            return None
        block = ir.Block(span, (*body, ir.Give(span, code)))
        arms.append(ir.Arm(None, ir.Opaque(span, "which of them comes first"), block))
    if not made:
        return None
    arms[-1] = ir.Arm(None, None, arms[-1].body)
    return ir.Block(span, (*made, ir.Give(span, ir.Choice(span, None, tuple(arms)))))


def _arms(tree: Node) -> Iterator[_Arm]:
    """Take a token tree apart; an arm's code ends with its block or at a comma."""
    tokens = [token for token in tree.children[1:-1] if not token.type.endswith("comment")]
    if tokens and tokens[0].text == b"biased":
        del tokens[:2]
    while tokens:
        arrow = _first(tokens, "=>")
        head, rest = tokens[:arrow], tokens[arrow + 1 :]
        end = 1 if rest and macros.is_block(rest[0]) else _first(rest, ",")
        tokens = rest[end:]
        if tokens and tokens[0].type == ",":
            del tokens[0]
        yield _Arm(head, rest[:end])


def _first(tokens: list[Node], kind: str) -> int:
    return next((at for at, token in enumerate(tokens) if token.type == kind), len(tokens))


def _awaited(low: Lowering, head: list[Node], scope: Scope) -> ir.Bind | None:
    """Read a future and what its answer is bound to, whatever it is that lets the arm count."""
    kinds = [token.type for token in head]
    ends = (at for at in range(1, len(kinds)) if kinds[at - 1 : at + 1] == [",", "if"])
    bind = _parsed(low, _LET, head[: next(ends, len(head) + 1) - 1], scope)
    return bind if isinstance(bind, ir.Bind) and bind.value is not None else None


def _code(low: Lowering, tokens: list[Node], scope: Scope) -> ir.Node | None:
    given = _parsed(low, _EXPRESSION, tokens, scope)
    return given.value if isinstance(given, ir.Give) else None


def _parsed(
    low: Lowering, frame: tuple[bytes, bytes], tokens: list[Node], scope: Scope
) -> ir.Node | None:
    """Read tokens as a function's only statement."""
    tree = tokens[0].parent if tokens else None
    if tree is None:
        return None
    start, end = tokens[0].start_byte, tokens[-1].end_byte
    text = (tree.text or b"")[start - tree.start_byte : end - tree.start_byte]
    body = macros.parse_body(low, frame, text)
    if body is None:
        return None
    with macros.shifted(low, start - len(frame[0])):
        lowered = statements.lower_body(low, body, scope)
    return lowered[0] if len(lowered) == 1 else None
