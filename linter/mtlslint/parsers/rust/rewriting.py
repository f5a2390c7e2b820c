"""Ways to write a call otherwise: leave it out, name another one, add one beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mtlslint.edit import Edit, Fix
from mtlslint.layout import begins_line, indentation, line_break, line_end, line_start, whole_lines
from mtlslint.parsers.rust.lowering import COMMENTS
from mtlslint.parsers.rust.sites import STEP, Site, ancestors, descendants
from mtlslint.parsers.rust.uses import text_of
from mtlslint.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node


def replacing(site: Site, node: Node, text: str) -> Fix:
    """Write something else for a node."""
    return Fix(f"replace `{short(site.text(node))}` by `{text}`", (site.replace(node, text),))


def short(text: str) -> str:
    """Return code for a title: on one line."""
    return " ".join(text.split())


# Leaving a call out.


def without(site: Site, last: bool) -> Fix | None:
    """Leave a step of a chain out, with its line where nothing else stands on it.

    The only step behind a variable is left out if `last`: else what is left would be another type
    than a method gives that changes its object in place.
    """
    receiver = site.receiver
    if site.kind != STEP or receiver is None:
        return None
    title = f"drop `{short(site.between(site.name, site.node))}`"
    statement = _idle_without(site, receiver)
    if statement is not None:
        # An `if` without a body, a method that does nothing: somebody has to rethink these.
        if receiver.type != "identifier" or _only_in_block(statement):
            return None
        return Fix(title, (Edit(_with_lines(site, statement), b""),))
    parent = site.node.parent
    goes_on = parent is not None and parent.type == "field_expression"
    alone = receiver.type in ("identifier", "field_expression", "self")
    if alone and not goes_on and not last:
        return None
    data = site.source.data
    dot = _dot(site)
    span = site.span(dot.start_byte, site.node.end_byte)
    if begins_line(data, span.start):
        rest = data[span.end : line_end(data, span.end)].strip()
        if not rest or rest.startswith(b"//"):
            return Fix(title, (Edit(whole_lines(data, span), b""),))
        if dot.prev_sibling != receiver:
            return None  # a comment stands between, and what follows would become a part of it
        span = span._replace(start=receiver.end_byte)
    return Fix(title, (Edit(span, b""),))


def _dot(site: Site) -> Node:
    function = site.node.child_by_field_name("function")
    assert function is not None
    return next(child for child in function.children if child.type == ".")


def _idle_without(site: Site, receiver: Node) -> Node | None:
    """Return the statement that would only say `x = x` without the call."""
    outer = site.node.parent
    if outer is None:
        return None
    said = site.text(receiver)
    if outer.type == "let_declaration":
        mutable = any(child.type == "mutable_specifier" for child in outer.children)
        pattern = outer.child_by_field_name("pattern")
        same = pattern is not None and site.text(pattern) == said
        return outer if same and not mutable else None
    left = outer.child_by_field_name("left")
    if outer.type != "assignment_expression" or left is None or site.text(left) != said:
        return None
    statement = outer.parent
    return statement if statement and statement.type == "expression_statement" else None


def _only_in_block(statement: Node) -> bool:
    block = statement.parent
    inside = [c for c in block.named_children if c.type not in COMMENTS] if block else []
    return len(inside) == 1


def _with_lines(site: Site, node: Node) -> Span:
    """Return the span of a node, of its whole lines if nothing but a comment is there besides."""
    data, span = site.source.data, site.span(node.start_byte, node.end_byte)
    rest = data[span.end : line_end(data, span.end)].strip()
    alone = begins_line(data, span.start) and (not rest or rest.startswith(b"//"))
    return whole_lines(data, span) if alone else span


# Adding a call.


def with_step(site: Site, text: str) -> Fix | None:
    """Add `.text` behind a call that goes on with another step."""
    following = site.node.parent
    if following is None or following.type != "field_expression":
        return None
    dot = next(child for child in following.children if child.type == ".")
    data, at, new = site.source.data, site.node.end_byte, text.encode()
    if begins_line(data, dot.start_byte):
        at = line_start(data, dot.start_byte)
        new = indentation(data, at) + new + line_break(data, at)
    return Fix(f"add `{text}`", (Edit(site.span(at, at), new),))


def with_statement(site: Site, text: str) -> Fix | None:
    """Add a statement that calls `.text` on what a call makes and a variable holds.

    A text that ends in `?` may fail; it is left to fail as the call itself is.
    """
    whole = _wrapped(site.node)
    binding = whole.parent
    if binding is None or binding.type != "let_declaration":
        return None
    variable = binding.child_by_field_name("pattern")
    if variable is None or variable.type != "identifier":
        return None
    if text.endswith("?"):
        ending = _ending(site, whole)
        if ending is None:
            return None
        text = text[:-1] + ending
    edits = [_behind(site, binding, f"{text_of(variable)}{text};")]
    if not any(child.type == "mutable_specifier" for child in binding.children):
        edits.append(Edit(site.span(variable.start_byte, variable.start_byte), b"mut "))
    return Fix(f"add `{text_of(variable)}{text}`", tuple(edits))


def beside(site: Site, text: str) -> Fix | None:
    """Add a statement that calls `.text` on what a method is called on, behind that statement."""
    statement = _wrapped(site.node).parent
    receiver = site.receiver
    if statement is None or statement.type != "expression_statement" or receiver is None:
        return None
    if any(node.type == "call_expression" for node in [receiver, *descendants(receiver)]):
        return None
    said = f"{short(site.text(receiver))}{text}"
    return Fix(f"add `{said}`", (_behind(site, statement, f"{said};"),))


_WRAPPING = frozenset({"unwrap", "expect", "context", "with_context", "map_err", "wrap_err"})


def _wrapped(node: Node) -> Node:
    """Return an expression with what only deals with its failure."""
    while (parent := node.parent) is not None:
        if parent.type == "field_expression":
            name, call = parent.child_by_field_name("field"), parent.parent
            if name is None or text_of(name) not in _WRAPPING or call is None:
                break
            node = call
        elif parent.type == "try_expression":
            node = parent
        else:
            break
    return node


def _ending(site: Site, whole: Node) -> str | None:
    """Return how a failure is dealt with, without words that speak of another call."""
    said = site.text(whole)[len(site.text(site.node)) :]
    if ".map_err" in said:
        return said
    if said.endswith("?"):
        return "?"
    return ".unwrap()" if said else None


def _behind(site: Site, statement: Node, text: str) -> Edit:
    data, end = site.source.data, statement.end_byte
    rest = data[end : line_end(data, end)].strip()
    if rest and not rest.startswith(b"//"):
        return Edit(site.span(end, end), b" " + text.encode())
    at = line_end(data, end)
    indent = indentation(data, statement.start_byte)
    return Edit(site.span(at, at), line_break(data, end) + indent + text.encode())


# Another name.


def renamed(site: Site, name: str) -> Fix | None:
    """Call another function of the same type, or the same one of another type."""
    if site.kind == STEP:
        return replacing(site, site.name, name)
    if site.name.type != "scoped_identifier":
        return None
    if name[:1].isupper():
        return _retyped(site, name)
    own = site.name.child_by_field_name("name")
    return replacing(site, own, name) if own is not None else None


def _retyped(site: Site, name: str) -> Fix | None:
    """Name another type wherever the file names this one: it is the same import."""
    path = site.name.child_by_field_name("path")
    root = [site.node, *ancestors(site.node)][-1]
    imported = None if path is None else _type_behind(root, text_of(_last(path)))
    if path is None or imported is None:
        return None
    old = text_of(imported)
    alike = [n for n in descendants(root) if n.type in _IDENTIFIERS and text_of(n) == old]
    known = any(n.type in _IDENTIFIERS and text_of(n) == name for n in _uses(root))
    edits = []
    for node in alike:
        leaf = _leaf_of_list(node) if known else None
        if known and leaf is None and _in_use(node):
            return None
        edits.append(Edit(leaf, b"") if leaf else site.replace(node, name))
    return Fix(f"replace `{old}` by `{name}`", _distinct(edits, site))


_IDENTIFIERS = frozenset({"identifier", "type_identifier"})


def _last(path: Node) -> Node:
    return path.child_by_field_name("name") or path


def _type_behind(root: Node, local: str) -> Node | None:
    """Return the node that names a type by its own name: an alias stands for it elsewhere."""
    for node in descendants(root):
        if node.type == "use_as_clause":
            path, alias = node.child_by_field_name("path"), node.child_by_field_name("alias")
            if path is not None and alias is not None and text_of(alias) == local:
                return _last(path)
    return next(
        (n for n in descendants(root) if n.type in _IDENTIFIERS and text_of(n) == local), None
    )


def _uses(root: Node) -> Iterable[Node]:
    for node in descendants(root):
        if _in_use(node):
            yield node


def _in_use(node: Node) -> bool:
    return any(outer.type == "use_declaration" for outer in ancestors(node))


def _leaf_of_list(node: Node) -> Span | None:
    """Return the span that takes a name out of the braces of a `use`, with its comma."""
    outer = node.parent
    if outer is None or outer.type != "use_list":
        return None
    following, before = node.next_sibling, node.prev_sibling
    if following is not None and following.type == ",":
        after = following.next_sibling
        end = (
            after.start_byte
            if after is not None and after.type not in ("}", *COMMENTS)
            else following.end_byte
        )
        return Span("", node.start_byte, end)
    start = before.start_byte if before is not None and before.type == "," else node.start_byte
    return Span("", start, node.end_byte)


def _distinct(edits: Iterable[Edit], site: Site) -> tuple[Edit, ...]:
    return tuple(edit._replace(span=edit.span._replace(path=site.source.path)) for edit in edits)
