"""Lowers functions: their parameters, what they return, who may call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtlslint.code import ir, items
from mtlslint.parsers.rust.attributes import Attributes
from mtlslint.parsers.rust.lowering import Lowering
from mtlslint.parsers.rust.patterns import lower_pattern
from mtlslint.parsers.rust.uses import Scope, text_of, type_path

if TYPE_CHECKING:
    from tree_sitter import Node


def lower_function(
    low: Lowering,
    node: Node,
    scope: Scope,
    offset: int,
    marks: Attributes,
    owner: ir.Path,
    trait: ir.Path,
) -> items.Function:
    """Return a function or method whose text begins at an offset of the file."""
    low.offset = offset
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    inner = Scope(scope, imports=scope.under(marks.conditions))
    block = low.lower(body, inner) if body is not None else None
    if not isinstance(block, ir.Block):
        block = ir.Block(low.span(node), ())
    return items.Function(
        span=low.span(name or node),
        name=text_of(name) if name is not None else "",
        params=_params(node, inner),
        body=block,
        owner=owner,
        trait=trait,
        returns=type_path(node.child_by_field_name("return_type"), inner),
        conditions=marks.conditions,
        test=marks.test,
        public=bool(trait) or is_public(node),
    )


def is_public(node: Node) -> bool:
    """Whether an item or a field is there for other crates, too."""
    first = (node.named_child(at) for at in range(min(2, node.named_child_count)))
    return any(one is not None and text_of(one) == "pub" for one in first)


def _params(node: Node, scope: Scope) -> tuple[items.Param, ...]:
    parameters = node.child_by_field_name("parameters")
    params: list[items.Param] = []
    for child in parameters.named_children if parameters is not None else ():
        if child.type == "self_parameter":
            params.append(items.Param(ir.Capture("self"), scope.resolve(("Self",))))
        elif child.type == "parameter":
            declared = child.child_by_field_name("type")
            mutable = declared is not None and declared.type == "reference_type"
            pattern = lower_pattern(child.child_by_field_name("pattern"), scope)
            params.append(items.Param(pattern, type_path(declared, scope), mutable))
    return tuple(params)
