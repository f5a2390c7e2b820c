"""Lowers statements: the bodies of functions, classes and modules."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from mtlslint.code import ir
from mtlslint.parsers.python.literals import text_of
from mtlslint.parsers.python.lowering import (
    THROUGH,
    Lowering,
    first_of,
    symbol_of,
)
from mtlslint.parsers.python.scope import Scope, add_imports, dotted

if TYPE_CHECKING:
    from tree_sitter import Node

Body = tuple[ir.Node, ...]

_RECOVERS = re.compile(rb"(?i)ssl|tls|verif|cert|context|return\s+[^N\s]|\w\s*=\s*[^=]")
_STOPS = frozenset({("sys", "exit"), ("os", "_exit"), ("exit",), ("quit",)})
_MAYBE = ir.Shape(("?",), ())


def lower_block(low: Lowering, node: Node | None, scope: Scope) -> ir.Block:
    """Return a block's statements; names live on in the function."""
    if node is None:
        return ir.Block(low.span_of_nothing(), ())
    return ir.Block(low.span(node), _body(low, node, scope))


def _body(low: Lowering, node: Node, scope: Scope) -> Body:
    return tuple(
        [one for child in node.named_children for one in lower_statement(low, child, scope)]
    )


def lower_statement(low: Lowering, node: Node, scope: Scope) -> Body:
    """Return what a statement becomes: none, one, or several."""
    handler = _HANDLERS.get(node.type)
    if handler is None:
        return () if node.type in _NOTHING else (low.opaque(node, scope),)
    if low.depth >= 40:
        return (ir.Opaque(low.span(node), "too deeply nested"),)
    low.depth += 1
    lowered = handler(low, node, scope)
    low.depth -= 1
    return lowered


_NOTHING = frozenset(
    {"pass_statement", "comment", "global_statement", "nonlocal_statement", "type_alias_statement"}
)


def _expression(low: Lowering, node: Node, scope: Scope) -> Body:
    inner = first_of(node)
    if inner is None:
        return ()
    if inner.type == "assignment":
        return _assignment(low, inner, scope)
    if inner.type == "augmented_assignment":
        return _augmented(low, inner, scope)
    if inner.type == "string":
        return ()
    lowered = low.lower(inner, scope)
    base = lowered.base if isinstance(lowered, ir.Chain) else None
    if isinstance(base, ir.Name) and base.path in _STOPS:
        return (ir.Return(lowered.span, None, failing=True),)
    return (lowered,)


def _assignment(low: Lowering, node: Node, scope: Scope) -> Body:
    """`a = b = value` binds the value once and every target to it."""
    targets: list[Node] = []
    current: Node | None = node
    while current is not None and current.type == "assignment":
        left = current.child_by_field_name("left")
        if left is not None:
            targets.append(left)
        current = current.child_by_field_name("right")
    if current is None or not targets:
        return ()
    value = low.lower(current, scope)
    found: list[ir.Node] = []
    if len(targets) > 1:
        shared = ir.Name(low.span(current), ("<value>",))
        found.append(ir.Assign(low.one_line(targets[-1], current), shared, "=", value))
        value = shared
    for target in reversed(targets):
        span = low.one_line(target, current)
        found.append(ir.Assign(span, lower_target(low, target, scope), "=", value))
    return tuple(found)


def lower_target(low: Lowering, node: Node, scope: Scope) -> ir.Node:
    """Return the left side of an assignment."""
    if node.type in ("pattern_list", "tuple_pattern", "list_pattern", "tuple", "list"):
        children = [child for child in node.named_children if child.type != "comment"]
        return ir.Series(low.span(node), tuple(lower_target(low, c, scope) for c in children))
    return low.lower(node, scope)


def _augmented(low: Lowering, node: Node, scope: Scope) -> Body:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return ()
    value = low.lower(right, scope)
    target = low.lower(left, scope)
    return (ir.Assign(low.one_line(left, right), target, symbol_of(node), value),)


def _return(low: Lowering, node: Node, scope: Scope) -> Body:
    inner = first_of(node)
    value = low.lower(inner, scope) if inner is not None else None
    return (ir.Return(low.span(node.children[0]), value),)


def _raise(low: Lowering, node: Node, scope: Scope) -> Body:
    inner = first_of(node)
    value = low.lower(inner, scope) if inner is not None else None
    return (ir.Return(low.span(node.children[0]), value, failing=True),)


def _assert(low: Lowering, node: Node, scope: Scope) -> Body:
    span = low.span(node.children[0])
    holds = ir.Arm(None, low.test(first_of(node), scope), ir.Series(span, ()))
    fails = ir.Arm(None, None, ir.Return(span, None, failing=True))
    return (ir.Choice(span, None, (holds, fails)),)


def _if(low: Lowering, node: Node, scope: Scope) -> Body:
    arms: list[ir.Arm] = []
    condition = node.child_by_field_name("condition")
    if text_of(condition).endswith("TYPE_CHECKING"):
        _imports_below(low, node.child_by_field_name("consequence"), scope)
        return ()
    arms.append(_arm(low, node, scope))
    for clause in node.children_by_field_name("alternative"):
        if clause.type == "elif_clause":
            arms.append(_arm(low, clause, scope))
        else:
            body = lower_block(low, clause.child_by_field_name("body"), scope)
            arms.append(ir.Arm(None, None, body))
    if len(arms) == 1 and arms[0].guard is not None:
        arms += [ir.Arm(None, None, one) for one in _made_equal(arms[0].guard, arms[0].body)]
    return (ir.Choice(low.span(node.children[0]), None, tuple(arms)),)


def _made_equal(guard: ir.Node, body: ir.Node) -> Body:
    """Return `a = b` out of `if a != b: a = b`: where it isn't run, it is so already."""
    if not isinstance(guard, ir.Operator) or guard.symbol != "!=" or len(guard.operands) != 2:
        return ()
    said = {_written(one) for one in guard.operands}
    found = [
        one
        for one in (body.body if isinstance(body, ir.Block) else ())
        if isinstance(one, ir.Assign)
        and isinstance(one.target, ir.Chain)
        and {_written(one.target), _written(one.value)} == said - {""}
    ]
    return tuple(found[:1]) if len(said) == 2 else ()


def _written(node: ir.Node) -> str:
    """Write a name with its attributes; anything else is empty."""
    if isinstance(node, ir.Name):
        return ".".join(node.path)
    if not isinstance(node, ir.Chain) or not all(isinstance(one, ir.Field) for one in node.steps):
        return ""
    names = [one.name for one in node.steps if isinstance(one, ir.Field)]
    return ".".join([_written(node.base), *names])


def _arm(low: Lowering, node: Node, scope: Scope) -> ir.Arm:
    guard = low.test(node.child_by_field_name("condition"), scope)
    return ir.Arm(None, guard, lower_block(low, node.child_by_field_name("consequence"), scope))


def _imports_below(low: Lowering, node: Node | None, scope: Scope) -> None:
    for child in node.named_children if node is not None else ():
        if child.type.startswith("import_"):
            add_imports(scope, child, low.package)


def _try(low: Lowering, node: Node, scope: Scope) -> Body:
    """The body and what follows it, or a handler that does something instead."""
    body = _body(low, node.child_by_field_name("body") or node, scope)
    after: Body = ()
    handlers: list[ir.Arm] = []
    span = low.span(node.children[0])
    for clause in node.named_children:
        block = next((c for c in clause.named_children if c.type == "block"), None)
        if clause.type == "else_clause":
            body += _body(low, clause.child_by_field_name("body") or clause, scope)
        elif clause.type == "finally_clause" and block is not None:
            after = _body(low, block, scope)
        elif clause.type.startswith("except") and block is not None:
            lowered = ir.Block(low.span(block), _body(low, block, scope))
            if _RECOVERS.search(block.text or b""):
                guard = ir.Opaque(low.span(clause.children[0]), "whether it fails")
                handlers.append(ir.Arm(None, guard, lowered))
    whole: ir.Node = ir.Block(span, body)
    if handlers:
        whole = ir.Choice(span, None, (*handlers, ir.Arm(None, None, whole)))
    return (whole, *after)


def _with(low: Lowering, node: Node, scope: Scope) -> Body:
    found: list[ir.Node] = []
    clause = next((c for c in node.named_children if c.type == "with_clause"), None)
    for item in clause.named_children if clause is not None else ():
        found += _with_item(low, item, scope)
    return (*found, *_body(low, node.child_by_field_name("body") or node, scope))


def _with_item(low: Lowering, item: Node, scope: Scope) -> Body:
    value = item.child_by_field_name("value") or first_of(item)
    if value is None or item.type == "comment":
        return ()
    if value.type != "as_pattern":
        return (low.lower(value, scope),)
    inner, alias = first_of(value), value.child_by_field_name("alias")
    target = first_of(alias) if alias is not None else None
    lowered = low.lower(inner, scope)
    if target is None:
        return (lowered,)
    return (ir.Assign(low.span(target), lower_target(low, target, scope), "=", lowered),)


def _for(low: Lowering, node: Node, scope: Scope) -> Body:
    items = low.lower(node.child_by_field_name("right"), scope)
    left = node.child_by_field_name("left")
    span = low.span(node.children[0])
    body = lower_block(low, node.child_by_field_name("body"), scope)
    if left is not None:
        # The names live on after the loop, so they are no pattern's.
        item = ir.Name(span, (_ITEM,))
        taken = ir.Assign(span, lower_target(low, left, scope), "=", item)
        body = ir.Block(body.span, (taken, *body.body))
    loop = ir.Loop(span, ir.Capture(_ITEM), items, None, body)
    return (loop, *_otherwise(low, node, scope))


_ITEM = "<item>"


def _while(low: Lowering, node: Node, scope: Scope) -> Body:
    condition = node.child_by_field_name("condition")
    endless = text_of(condition).strip("()") in ("True", "1")
    guard = None if endless else low.test(condition, scope)
    body = lower_block(low, node.child_by_field_name("body"), scope)
    loop = ir.Loop(low.span(node.children[0]), None, None, guard, body)
    return (loop, *_otherwise(low, node, scope))


def _otherwise(low: Lowering, node: Node, scope: Scope) -> Body:
    clause = node.child_by_field_name("alternative")
    return _body(low, clause.child_by_field_name("body") or clause, scope) if clause else ()


def _leave(low: Lowering, node: Node, scope: Scope) -> Body:
    return (ir.Leave(low.span(node), again=node.type == "continue_statement"),)


def _match(low: Lowering, node: Node, scope: Scope) -> Body:
    subject = low.lower(node.child_by_field_name("subject"), scope)
    body = node.child_by_field_name("body")
    arms: list[ir.Arm] = []
    for clause in body.named_children if body is not None else ():
        if clause.type != "case_clause":
            continue
        guard = clause.child_by_field_name("guard")
        pattern = next((c for c in clause.named_children if c.type == "case_pattern"), None)
        block = lower_block(low, clause.child_by_field_name("consequence"), scope)
        test = low.test(first_of(guard), scope) if guard is not None else None
        arms.append(ir.Arm(_pattern(low, pattern, scope), test, block))
    return (ir.Choice(low.span(node.children[0]), subject, tuple(arms)),)


def _pattern(low: Lowering, node: Node | None, scope: Scope) -> ir.Pattern:
    while node is not None and (node.type == "case_pattern" or node.type in THROUGH):
        inner = first_of(node)
        if inner is None:
            return ir.Capture("_")
        node = inner
    if node is None:
        return ir.Capture("_")
    if node.type == "union_pattern":
        return ir.AnyOf(tuple(_pattern(low, child, scope) for child in node.named_children))
    if node.type == "dotted_name":
        path = dotted(node)
        if len(path) == 1:
            return ir.Capture(path[0])
        return ir.Exactly(path=(*scope.resolve(path[0]), *path[1:]))
    lowered = low.lower(node, scope)
    if isinstance(lowered, ir.Literal) and lowered.value is not None:
        return ir.Exactly(lowered.value)
    return _MAYBE


def _inner_function(low: Lowering, node: Node, scope: Scope) -> Body:
    from mtlslint.parsers.python.items import lower_function

    function = lower_function(low, node, scope)
    params = tuple(param.pattern for param in function.params)
    low.functions.append(function)
    name = ir.Name(function.span, (function.name,))
    return (ir.Assign(function.span, name, "=", ir.Closure(function.span, params, function.body)),)


def _inner_class(low: Lowering, node: Node, scope: Scope) -> Body:
    from mtlslint.parsers.python.items import enter_class

    enter_class(low, node, scope)
    return ()


def _decorated(low: Lowering, node: Node, scope: Scope) -> Body:
    definition = node.child_by_field_name("definition")
    return lower_statement(low, definition, scope) if definition is not None else ()


def _import(low: Lowering, node: Node, scope: Scope) -> Body:
    add_imports(scope, node, low.package)
    return ()


_HANDLERS: dict[str, Callable[[Lowering, Node, Scope], Body]] = {
    "expression_statement": _expression,
    "return_statement": _return,
    "raise_statement": _raise,
    "assert_statement": _assert,
    "if_statement": _if,
    "try_statement": _try,
    "with_statement": _with,
    "for_statement": _for,
    "while_statement": _while,
    "break_statement": _leave,
    "continue_statement": _leave,
    "match_statement": _match,
    "function_definition": _inner_function,
    "class_definition": _inner_class,
    "decorated_definition": _decorated,
    "import_statement": _import,
    "import_from_statement": _import,
}
