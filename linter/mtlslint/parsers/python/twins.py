"""Functions that a module defines twice, in arms of one choice: which one there is, isn't known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from mtlslint.code.ir import Condition
from mtlslint.parsers.python.literals import text_of

if TYPE_CHECKING:
    from tree_sitter import Node


def twins_in(definitions: Iterable[Node], path: str) -> Mapping[int, tuple[Condition, ...]]:
    """Return what must hold for functions to exist that share their name, by the ids of nodes."""
    functions = [one for one in definitions if one.type == "function_definition"]
    names = Counter(_name(one) for one in functions)
    return {one.id: tuple(_arms(one, path)) for one in functions if names[_name(one)] > 1}


def _name(function: Node) -> str:
    return text_of(function.child_by_field_name("name"))


def _arms(node: Node, path: str) -> Iterator[Condition]:
    """Yield in which arms of choices a definition stands, and in which it doesn't."""
    below, outer = node, node.parent
    while outer is not None:
        if outer.type == "if_statement":
            before = [outer, *outer.children_by_field_name("alternative")]
            at = before.index(below) if below in before else 0
            yield from (_condition(one, path, holds=False) for one in before[:at])
            if below.type != "else_clause":
                yield _condition(before[at], path, holds=True)
        elif outer.type == "try_statement":
            yield _condition(outer, path, holds=not below.type.startswith("except"))
        below, outer = outer, outer.parent


def _condition(node: Node, path: str, holds: bool) -> Condition:
    return Condition(f"{path}:{node.start_byte}", holds)
