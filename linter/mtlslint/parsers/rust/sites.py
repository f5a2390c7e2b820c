"""Finds the syntax behind a setting's span, and what the names around it mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtlslint.code.ir import Block, Choice, Path, Return
from mtlslint.code.walk import by_kind, mentioned
from mtlslint.edit import Edit, apply
from mtlslint.parsers.rust.attributes import NONE
from mtlslint.parsers.rust.lower import rust_parser
from mtlslint.parsers.rust.lowering import COMMENTS
from mtlslint.parsers.rust.uses import Scope, add_use, path_of, text_of
from mtlslint.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from mtlslint.facts import Project

_OBSCURE = frozenset({"macro_invocation", "macro_definition", "token_tree", "ERROR"})
_CHOOSING = frozenset({"if_expression", "match_arm"})

STEP, CALL, ASSIGNMENT, METHOD = "step", "call", "assignment", "method"


@dataclass(frozen=True)
class Site:
    """A construct that decides a setting: what kind of node it is, in which bytes.

    `step` is a method's call, `call` one of a function, `method` a definition by its name.
    """

    kind: str
    node: Node
    name: Node
    source: Source

    def text(self, node: Node) -> str:
        """Return a node as it is written."""
        return self.between(node, node)

    def between(self, first: Node, last: Node) -> str:
        """Return what is written from the start of one node to the end of another."""
        return self.source.data[first.start_byte : last.end_byte].decode("utf-8", "replace")

    def span(self, start: int, end: int) -> Span:
        """Return a span of this file."""
        return Span(self.source.path, start, end)

    def replace(self, node: Node, text: str) -> Edit:
        """Return the edit that writes something else for a node."""
        return Edit(self.span(node.start_byte, node.end_byte), text.encode())

    @property
    def arguments(self) -> list[Node]:
        """The arguments of the call."""
        found = self.node.child_by_field_name("arguments")
        return [c for c in found.named_children if c.type not in COMMENTS] if found else []

    @property
    def receiver(self) -> Node | None:
        """What the method is called on."""
        function = self.node.child_by_field_name("function")
        return function.child_by_field_name("value") if function is not None else None


def find(source: Source, span: Span) -> Site | None:
    """Return the construct that begins at a span; None within macros and damaged code."""
    root = rust_parser().parse(source.data).root_node
    leaf = root.descendant_for_byte_range(span.start, span.start + 1)
    if leaf is None or any(one.type in _OBSCURE for one in [leaf, *ancestors(leaf)]):
        return None
    parent = leaf.parent
    if parent is not None and parent.type == "field_expression" and leaf.type == "field_identifier":
        call = parent.parent
        made = call is not None and call.child_by_field_name("function") == parent
        return Site(STEP, call, leaf, source) if made and call is not None else None
    if parent is not None and parent.type == "function_item":
        return Site(METHOD, parent, leaf, source)
    for node in ancestors(leaf):
        if node.start_byte != span.start:
            break
        if node.type == "assignment_expression":
            left = node.child_by_field_name("left")
            name = left.child_by_field_name("field") if left is not None else None
            return Site(ASSIGNMENT, node, name, source) if name is not None else None
        if node.type == "call_expression":
            function = node.child_by_field_name("function")
            return Site(CALL, node, function, source) if function is not None else None
    return None


def ancestors(node: Node) -> Iterator[Node]:
    """Yield what a node stands in, from the inside out."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def descendants(root: Node) -> Iterator[Node]:
    """Yield everything below a node, in the order of the text."""
    waiting = [*reversed(root.children)]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.children)


def scope_at(node: Node) -> Scope:
    """Return what names mean at a node, by the `use` declarations around it."""
    scope = Scope()
    for outer in reversed([*ancestors(node)]):
        if outer.type in ("source_file", "declaration_list", "block"):
            scope = Scope(scope)
            for child in outer.named_children:
                if child.type == "use_declaration":
                    add_use(scope, child)
    return scope


def imports_of(scope: Scope) -> Iterator[tuple[str, Path]]:
    """Yield the names that are imported, the innermost first, with their full paths."""
    current: Scope | None = scope
    while current is not None:
        yield from ((name, scope.resolve((name,))) for name in current.imports)
        current = current.outer


def function_of(node: Node) -> Node | None:
    """Return the function that a node stands in."""
    return next((outer for outer in ancestors(node) if outer.type == "function_item"), None)


def followed(node: Node) -> Node | None:
    """Return the expression behind a name: the node itself, or what a variable begins as.

    None if that isn't plain: the variable is a parameter, bound twice or written to otherwise
    than by adding bits.
    """
    if node.type != "identifier":
        return node
    name = text_of(node)
    function = function_of(node)
    bound = _bindings(function, "let_declaration", "pattern", name) if function else []
    if not bound:
        root = [node, *ancestors(node)][-1]
        bound = _bindings(root, "const_item", "name", name)
    elif function is None or _written(function, name) or bound[0].end_byte > node.start_byte:
        return None  # within its own `let`, a name means another variable
    return bound[0].child_by_field_name("value") if len(bound) == 1 else None


def _bindings(root: Node, kind: str, field: str, name: str) -> list[Node]:
    found = []
    for node in descendants(root):
        target = node.child_by_field_name(field) if node.type == kind else None
        if target is not None and target.type == "identifier" and text_of(target) == name:
            found.append(node)
    return found


def _written(function: Node, name: str) -> bool:
    """Whether a variable is assigned to, or loses bits."""
    for node in descendants(function):
        left = node.child_by_field_name("left")
        if left is None or left.type != "identifier" or text_of(left) != name:
            continue
        operator = node.child_by_field_name("operator")
        if node.type == "assignment_expression" or (operator and operator.type != "|="):
            return True
    return False


def chosen(site: Site, project: Project) -> bool:
    """Say whether a condition decides if a construct is run: here, or where it is called."""
    if _conditional(site.node) or _behind_return(site.node):
        return True
    function = function_of(site.node)
    name = function.child_by_field_name("name") if function is not None else None
    return name is not None and _called_by_choice(text_of(name), project)


def _conditional(node: Node) -> bool:
    """Whether a choice in the function, or one of the build around it, decides about a node."""
    child, inside = node, True
    for outer in ancestors(node):
        choosing = inside and outer.type in _CHOOSING
        if choosing and outer.child_by_field_name("condition") != child:
            return True
        if _switched(child):
            return True
        inside = inside and outer.type != "function_item"
        child = outer
    return False


def _switched(node: Node) -> bool:
    """Whether an attribute before a statement makes it depend on the build."""
    before = node.prev_named_sibling
    while before is not None and before.type in (*COMMENTS, "attribute_item"):
        if before.type == "attribute_item" and NONE.reading(before).conditions:
            return True
        before = before.prev_named_sibling
    return False


def _behind_return(node: Node) -> bool:
    """Whether the function may have given something else back before it comes to a node."""
    function = function_of(node)
    for one in descendants(function) if function is not None else ():
        if one.type == "return_expression" and one.end_byte <= node.start_byte:
            given = one.named_children[0] if one.named_children else None
            failed = given is not None and given.type == "call_expression"
            callee = given.child_by_field_name("function") if failed and given else None
            if callee is None or path_of(callee)[-1:] != ("Err",):
                return True
    return False


def _called_by_choice(name: str, project: Project) -> bool:
    bodies = (
        function.body
        for facts in project.facts.values()
        for module in getattr(facts.tree, "modules", ())
        for function in module.functions
    )
    return any(_runs_by_choice(body, name) for body in bodies if name in mentioned(by_kind(body)))


def _runs_by_choice(body: Block, name: str) -> bool:
    """Whether an arm of a choice calls a function, or keeps what follows from calling it."""
    for choice in by_kind(body).get(Choice, ()):
        if any(not one.failing for one in by_kind(choice.arms).get(Return, ())):
            return True
        if any(name in mentioned(by_kind(arm.body)) for arm in choice.arms):
            return True
    return False


def still_rust(source: Source, edits: Sequence[Edit]) -> bool:
    """Say whether a file, once edited, parses with no more errors than it has."""
    after = apply(source.data, edits)
    return _errors(after) <= _errors(source.data)


def _errors(data: bytes) -> int:
    root = rust_parser().parse(data).root_node
    if not root.has_error:
        return 0
    return sum(1 for node in descendants(root) if node.type == "ERROR" or node.is_missing)
