"""Lowers functions and classes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtlslint.code import ir, items
from mtlslint.parsers.python.literals import text_of
from mtlslint.parsers.python.lowering import Lowering, first_of
from mtlslint.parsers.python.scope import Scope, dotted, names_bound
from mtlslint.parsers.python.statements import lower_block, lower_statement

if TYPE_CHECKING:
    from tree_sitter import Node

CLASS_BODY = "<class>"
_OWN = "self"
_TEST_BASE = re.compile(r"TestCase$")
_WRAPPERS = frozenset({"Optional", "Union", "Annotated", "ClassVar", "Final", "Type", "Callable"})


def lower_function(
    low: Lowering, node: Node, scope: Scope, owner: ir.Path = (), test: bool = False
) -> items.Function:
    """Return a function with its body in a scope of its own."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    inner = Scope(scope.module, scope)
    params = _params(low, node, scope)
    inner.names = {_name_of(param) for param in params}
    if body is not None:
        bound, shared = names_bound(body)
        inner.names |= bound - shared
        inner.shared = shared
    if owner and params and not _static(node):
        inner.own = _name_of(params[0])
    return items.Function(
        span=low.span(name or node),
        name=text_of(name),
        params=params,
        body=lower_block(low, body, inner),
        owner=owner,
        test=test or (text_of(name).startswith("test_") and low.test_file),
        bound=_bound(node, text_of(name)) if owner else "",
        public=(scope.outer is None or bool(owner)) and _is_public(text_of(name), *owner[-1:]),
    )


def _is_public(*names: str) -> bool:
    """Whether names are there for others; those between double underscores are."""
    return not any(name.startswith("_") and not name.endswith("__") for name in names)


def _bound(node: Node, name: str) -> str:
    marks = decorators(node)
    for mark, word in _MARKS.items():
        if mark in marks:
            return word
    return "init" if name == "__init__" else ""


_MARKS = {
    "staticmethod": "static",
    "classmethod": "class",
    "property": "property",
    "cached_property": "property",
}


def _name_of(param: items.Param) -> str:
    return param.pattern.name if isinstance(param.pattern, ir.Capture) else ""


def _static(node: Node) -> bool:
    return "staticmethod" in decorators(node)


def decorators(node: Node) -> list[str]:
    """Return the names of a definition's decorators, without arguments."""
    outer = node.parent
    if outer is None or outer.type != "decorated_definition":
        return []
    texts = [text_of(child) for child in outer.named_children if child.type == "decorator"]
    return [text.lstrip("@ ").partition("(")[0].rpartition(".")[2].strip() for text in texts]


def _params(low: Lowering, node: Node, scope: Scope) -> tuple[items.Param, ...]:
    parameters = node.child_by_field_name("parameters")
    found: list[items.Param] = []
    for child in parameters.named_children if parameters is not None else ():
        param = _param(low, child, scope)
        if param is not None:
            found.append(param)
    return tuple(found)


def _param(low: Lowering, node: Node, scope: Scope) -> items.Param | None:
    declared = type_path(node.child_by_field_name("type"), scope)
    value = node.child_by_field_name("value")
    default = low.lower(value, scope) if value is not None else None
    name = node.child_by_field_name("name") or node
    if name.type.startswith("typed"):
        name = first_of(name) or name
    rest = ""
    if name.type in ("list_splat_pattern", "dictionary_splat_pattern"):
        rest = "*" if name.type == "list_splat_pattern" else "**"
        name = first_of(name) or name
    if name.type != "identifier":
        return None
    return items.Param(ir.Capture(text_of(name)), declared, default=default, rest=rest)


def type_path(node: Node | None, scope: Scope) -> ir.Path:
    """Return the path of an annotation, inside `Optional[..]`, quotes and `... | None`."""
    for _ in range(20):
        if node is None or node.type == "none":
            return ()
        if node.type == "string":
            return _quoted(text_of(node).strip("'\""), scope)
        if node.type in ("identifier", "attribute"):
            return _quoted(text_of(node), scope)
        if node.type in ("generic_type", "subscript"):
            head = node.named_children[0]
            if text_of(head).rpartition(".")[2] not in _WRAPPERS:
                return ()
            node = node.named_children[-1]
        elif node.type in ("union_type", "binary_operator"):
            children = [c for c in node.named_children if text_of(c) != "None"]
            node = children[0] if len(children) == 1 else None
        else:
            node = first_of(node)
    return ()


def _quoted(text: str, scope: Scope) -> ir.Path:
    text = text.removesuffix("| None").strip()
    if not re.fullmatch(r"[\w.]+", text):
        return ()
    first, *rest = text.split(".")
    return (*scope.resolve(first), *rest)


def enter_class(low: Lowering, node: Node, scope: Scope) -> None:
    """Add a class: its methods, its own values, its bases."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None:
        return
    owner = ("", *scope.module, text_of(name))
    bases = _bases(node, scope)
    test = any(_TEST_BASE.search(base[-1]) for base in bases)
    inner = Scope(scope.module, scope)
    statements: list[ir.Node] = []
    fields: dict[str, ir.Path] = {}
    for child in body.named_children:
        definition = child.child_by_field_name("definition") or child
        if definition.type == "function_definition":
            if definition.id in low.wanted:
                low.functions.append(lower_function(low, definition, inner, owner, test))
        elif definition.type == "class_definition":
            enter_class(low, definition, inner)
        else:
            statements += _attributes(low, child, inner, fields)
    if statements:
        span = low.span(name)
        own = items.Param(ir.Capture(_OWN), owner)
        block = ir.Block(span, tuple(statements))
        shared = items.Function(span, CLASS_BODY, (own,), block, owner, test=test, bound="shared")
        low.functions.append(shared)
    low.types[text_of(name)] = fields
    low.bases[text_of(name)] = bases


def _bases(node: Node, scope: Scope) -> tuple[ir.Path, ...]:
    holder = node.child_by_field_name("superclasses")
    found: list[ir.Path] = []
    for child in holder.named_children if holder is not None else ():
        if child.type in ("identifier", "attribute"):
            first, *rest = dotted(child)
            found.append((*scope.resolve(first), *rest))
    return tuple(found)


def _attributes(
    low: Lowering, node: Node, scope: Scope, fields: dict[str, ir.Path]
) -> list[ir.Node]:
    """A value of the class is a value of each object until that gets its own."""
    found: list[ir.Node] = []
    inner = first_of(node) if node.type == "expression_statement" else None
    if inner is not None and inner.type == "assignment":
        left = inner.child_by_field_name("left")
        annotation = inner.child_by_field_name("type")
        if left is not None and left.type == "identifier" and annotation is not None:
            fields[text_of(left)] = type_path(annotation, scope)
    for statement in () if low.is_idle(node) else lower_statement(low, node, scope):
        found.append(statement)
        if isinstance(statement, ir.Assign) and isinstance(statement.target, ir.Name):
            name = statement.target.path[-1]
            scope.names.add(name)
            base = ir.Name(statement.span, (_OWN,))
            target = ir.Chain(statement.span, base, (ir.Field(statement.span, name),))
            value = ir.Name(statement.span, statement.target.path)
            found.append(ir.Assign(statement.span, target, "=", value))
    return found
