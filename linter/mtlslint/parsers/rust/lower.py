"""Lowers a file: its modules, with the functions that may matter for TLS."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from mtlslint.code import ir, items
from mtlslint.parsers.rust import attributes, expressions, macros, statements
from mtlslint.parsers.rust.attributes import Attributes
from mtlslint.parsers.rust.choosing import Draft, fields_set, wanted
from mtlslint.parsers.rust.functions import is_public, lower_function
from mtlslint.parsers.rust.lowering import COMMENTS, Lowering
from mtlslint.parsers.rust.uses import Scope, add_use, path_of, text_of, type_path

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

_NESTING = 20
_INNER = 1000
_RULE = (b"fn macro_rule(){", b"\n}")
_HANDLERS = {**expressions.HANDLERS, **statements.HANDLERS}


@cache
def rust_parser() -> Parser:
    """Return a parser; the grammar is loaded when the first file is read."""
    import tree_sitter_rust
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_rust.language()))


@dataclass
class _File:
    low: Lowering
    drafts: list[Draft] = field(default_factory=list)


def lower_file(path: str, data: bytes, root: Node) -> tuple[items.Module, ...]:
    """Return the modules of a file, given as its tree."""
    file = _File(Lowering(path, rust_parser(), data, _HANDLERS))
    marks = Attributes(test=attributes.is_test_path(path))
    draft = Draft(_module_name(path), Scope())
    file.drafts.append(draft)
    _items(file, draft, root, draft.scope, marks, 0)
    return _finish(file)


def _module_name(path: str) -> ir.Path:
    parts = path.removesuffix(".rs").split("/")
    if "src" in parts:
        parts = parts[len(parts) - parts[::-1].index("src") :]
    return tuple(part for part in parts if part not in ("mod", "lib", "main"))


def _items(
    file: _File, draft: Draft, node: Node, scope: Scope, marks: Attributes, depth: int
) -> None:
    """Enter the items below a node: uses first, so that order doesn't matter."""
    children: list[tuple[str, Node, Attributes]] = []
    own = attributes.NONE
    for child in node.named_children:
        kind = child.type
        if kind == "attribute_item":
            own = own.reading(child)
        elif kind == "inner_attribute_item":
            marks = attributes.NONE.reading(child).within(marks)
        elif kind not in COMMENTS:
            children.append((kind, child, own))
            own = attributes.NONE
    for kind, child, _ in children:
        if kind == "extern_crate_declaration":
            add_use(scope, child)
    for kind, child, own in children:
        if kind == "use_declaration":
            add_use(scope, child, (*own.conditions, *_TESTING[: own.test]))
        elif kind in _DEFINING and (name := child.child_by_field_name("name")):
            scope.defined.add(text_of(name))
    for kind, child, _ in children:
        if kind == "type_item":
            _alias(child, scope)
    for _, child, own in children:
        _item(file, draft, child, scope, own.within(marks), depth)


def _alias(node: Node, scope: Scope) -> None:
    """A type's other name is like an import."""
    name = node.child_by_field_name("name")
    path = type_path(node.child_by_field_name("type"), scope) if name is not None else ()
    if name is not None and path and (len(path) > 1 or path[0] != text_of(name)):
        scope.defined.discard(text_of(name))
        scope.imports[text_of(name)] = path


_TESTING = (ir.Condition("test", True),)
_DEFINING = frozenset({"struct_item", "enum_item", "trait_item", "type_item", "union_item"})


def _item(
    file: _File, draft: Draft, node: Node, scope: Scope, marks: Attributes, depth: int
) -> None:
    if depth > _NESTING:
        return
    kind = node.type
    if kind == "function_item":
        draft.functions.append((node, scope, file.low.offset, marks, (), ()))
    elif kind == "impl_item":
        _impl(file, draft, node, scope, marks)
    elif kind == "mod_item":
        _mod(file, draft, node, scope, marks, depth)
    elif kind in ("const_item", "static_item"):
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is not None and value is not None:
            draft.constants.append((text_of(name), value, file.low.offset))
    elif kind in ("struct_item", "enum_item", "trait_item"):
        _type(draft, node, scope)
        _defaults(file, draft, node, scope, marks)
    elif kind == "macro_definition":
        _macro_rules(file, draft, node, scope, marks, depth)
    elif kind == "macro_invocation" or kind == "expression_statement":
        _item_macro(file, draft, node, scope, marks, depth)
    elif kind == "ERROR":
        _items(file, draft, node, scope, marks, depth + 1)


def _mod(
    file: _File, draft: Draft, node: Node, scope: Scope, marks: Attributes, depth: int
) -> None:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None:
        return
    if body is None:
        child = items.Submodule(text_of(name), marks.conditions, marks.test, marks.file)
        draft.children.append(child)
        return
    inner = Draft((*draft.name, text_of(name)), Scope(scope))
    file.drafts.append(inner)
    _items(file, inner, body, inner.scope, marks, depth + 1)


def _impl(file: _File, draft: Draft, node: Node, scope: Scope, marks: Attributes) -> None:
    type_node, body = node.child_by_field_name("type"), node.child_by_field_name("body")
    owner = type_path(type_node, scope)
    if body is None or not owner:
        return
    trait_node = node.child_by_field_name("trait")
    trait = scope.resolve(path_of(trait_node)) if trait_node is not None else ()
    inner = Scope(scope, owner=owner)
    methods: list[str] = []
    own = attributes.NONE
    for child in body.named_children:
        if child.type == "attribute_item":
            own = own.reading(child)
        elif child.type == "function_item":
            within = own.within(marks)
            draft.functions.append((child, inner, file.low.offset, within, owner, trait))
            methods.append(text_of(child.child_by_field_name("name") or child))
            if is_public(child):
                draft.expose(owner, fields_set(child))
            own = attributes.NONE
        elif child.type == "const_item":
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if name is not None and value is not None:
                named = f"{owner[-1]}::{text_of(name)}"
                draft.constants.append((named, value, file.low.offset))
            own = attributes.NONE
    if trait and type_node is not None:
        span = file.low.span(type_node)
        draft.implementations.append(
            items.Implementation(span, owner, trait, tuple(methods), marks.test)
        )


def _type(draft: Draft, node: Node, scope: Scope) -> None:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None:
        return
    fields: dict[str, ir.Path] = {}
    public: list[str] = []
    for child in body.named_children if body is not None else ():
        inner = child.child_by_field_name("body") if child.type == "enum_variant" else None
        variant = child.child_by_field_name("name")
        if inner is not None and variant is not None:
            _usual(draft, f"{text_of(name)}::{text_of(variant)}", inner)
        key = child.child_by_field_name("name") if child.type == "field_declaration" else None
        if key is not None:
            fields[text_of(key)] = type_path(child.child_by_field_name("type"), scope)
            if is_public(child):
                public.append(text_of(key))
    if public:
        draft.expose(("self", text_of(name)), public)
    draft.types[text_of(name)] = fields
    if body is not None:
        _usual(draft, text_of(name), body)


def _usual(draft: Draft, owner: str, fields: Node) -> None:
    """Note what texts the fields of a type or variant have unless somebody sets them."""
    said = maker = ""
    for child in fields.named_children:
        if child.type == "attribute_item":
            said = attributes.usual_text(child) or said
            maker = attributes.usual_maker(child) or maker
        elif child.type == "field_declaration":
            key = child.child_by_field_name("name")
            if said and key is not None:
                draft.usual.setdefault(owner, {})[text_of(key)] = said
            if maker and key is not None:
                draft.makers.append((owner, text_of(key), maker))
            said = maker = ""


_ONE_TEXT = re.compile(rb'\{\s*(?:[\w:]+\()?"([^"\\]*)"[\w.():]*\s*\}')


def _made(draft: Draft) -> None:
    """Read off what functions give that make what fields have unless it is given."""
    for owner, name, maker in draft.makers:
        for node, *_ in draft.functions:
            called, body = (node.child_by_field_name(one) for one in ("name", "body"))
            if called is not None and body is not None and text_of(called) == maker:
                text = _ONE_TEXT.fullmatch(body.text or b"")
                if text is not None:
                    found = text[1].decode("utf-8", "replace")
                    draft.usual.setdefault(owner, {})[name] = found


def _defaults(file: _File, draft: Draft, node: Node, scope: Scope, marks: Attributes) -> None:
    """Methods that a trait has written out, for types that have none of their own."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if node.type != "trait_item" or name is None or body is None:
        return
    owner = ("self", text_of(name))
    inner = Scope(scope, owner=owner)
    own = attributes.NONE
    for child in body.named_children:
        if child.type == "attribute_item":
            own = own.reading(child)
        elif child.type == "function_item":
            within = own.within(marks)
            draft.functions.append((child, inner, file.low.offset, within, owner, owner))
            own = attributes.NONE
        elif child.type == "function_signature_item":
            own = attributes.NONE


def _item_macro(
    file: _File, draft: Draft, node: Node, scope: Scope, marks: Attributes, depth: int
) -> None:
    """`lazy_static!`, `cfg_if!` and the like hold items."""
    if node.type == "expression_statement":
        node = node.named_children[0] if node.named_children else node
    holder = node.child_by_field_name("macro") if node.type == "macro_invocation" else None
    tree = node.named_children[-1] if node.named_children else None
    if holder is None or tree is None or tree.type != "token_tree":
        return
    name = path_of(holder)[-1:]
    if name == ("cfg_if",):
        _cfg_if(file, draft, tree, scope, marks, depth)
        return
    text = macros.item_source(tree, "".join(name))
    _reparsed(file, draft, text, tree.start_byte + 1, scope, marks, depth)


def _macro_rules(
    file: _File, draft: Draft, node: Node, scope: Scope, marks: Attributes, depth: int
) -> None:
    """What a macro that is used expands to: items, or a function's body."""
    name = node.child_by_field_name("name")
    if name is None or not _is_used(name.text or b"", file.low.data):
        return
    for rule in node.named_children:
        tree = rule.child_by_field_name("right") if rule.type == "macro_rule" else None
        if tree is None or file.low.offset:
            continue
        text = macros.transcribed(macros.inner_bytes(tree))
        start = tree.start_byte + 1
        root = macros.parse(file.low, b"", text, b"")
        if root is not None and all(_is_item(child) for child in root.named_children):
            _reparsed(file, draft, text, start, scope, marks, depth)
            continue
        root = macros.parse(file.low, _RULE[0], text, _RULE[1])
        function = root.named_children[0] if root is not None and root.named_children else None
        if function is not None and function.type == "function_item":
            offset = start - len(_RULE[0])
            draft.functions.append((function, Scope(scope), offset, marks, (), ()))


def _is_used(macro: bytes, text: bytes) -> bool:
    """Whether a file uses a macro, or lets others do so."""
    return b"macro_export" in text or re.search(rb"\b%s\s*!" % re.escape(macro), text) is not None


def _is_item(node: Node) -> bool:
    return node.type.endswith(("_item", "_declaration", "comment", "macro_definition"))


def _reparsed(
    file: _File,
    draft: Draft,
    text: bytes,
    start: int,
    scope: Scope,
    marks: Attributes,
    depth: int,
) -> None:
    root = macros.parse(file.low, b"", text, b"")
    if root is not None:
        with macros.shifted(file.low, start):
            _items(file, draft, root, scope, marks, depth + 1)


def _cfg_if(
    file: _File, draft: Draft, tree: Node, scope: Scope, marks: Attributes, depth: int
) -> None:
    """`if #[cfg(a)] { items } else { items }`: each block under its own conditions."""
    excluded: tuple[ir.Condition, ...] = ()
    chosen: tuple[ir.Condition, ...] = ()
    for token in tree.children:
        text = token.text or b""
        if token.type != "token_tree":
            continue
        if text.startswith(b"["):
            flat = b"".join(text[1:-1].split()).decode("utf-8", "replace")
            chosen = attributes.conditions_of(flat.removeprefix("cfg(").removesuffix(")"))
        elif text.startswith(b"{"):
            inner = Attributes((*excluded, *chosen)).within(marks)
            _reparsed(file, draft, text[1:-1], token.start_byte + 1, scope, inner, depth)
            if len(chosen) == 1:
                excluded += (ir.Condition(chosen[0].atom, not chosen[0].holds),)
            chosen = ()


def _finish(file: _File) -> tuple[items.Module, ...]:
    chosen = wanted(file.drafts)
    return tuple(_module(file, draft, chosen) for draft in file.drafts)


def _module(file: _File, draft: Draft, chosen: set[int]) -> items.Module:
    low = file.low
    _made(draft)
    functions: list[items.Function] = []
    for node, scope, offset, marks, owner, trait in draft.functions:
        if node.id in chosen:
            functions.append(lower_function(low, node, scope, offset, marks, owner, trait))
    functions += _inner_functions(file, draft)
    constants: dict[str, ir.Node] = {}
    for name, value, offset in draft.constants:
        low.offset = offset
        constants[name] = low.lower(value, draft.scope)
    low.offset = 0
    return items.Module(
        path=low.path,
        name=draft.name,
        functions=tuple(functions),
        implementations=tuple(draft.implementations),
        constants=constants,
        types=draft.types,
        usual=draft.usual,
        exposed=draft.exposed,
        imports=dict(draft.scope.imports),
        globs=_globs(draft.scope),
        children=tuple(draft.children),
    )


def _globs(scope: Scope) -> tuple[ir.Path, ...]:
    found: list[ir.Path] = []
    current: Scope | None = scope
    while current is not None:
        found += current.globs
        current = current.outer
    return tuple(current for current in found if current and current[0] != "super")


def _inner_functions(file: _File, draft: Draft) -> list[items.Function]:
    """Functions and types inside functions; lowering them may bring up more."""
    low, found = file.low, list[items.Function]()
    while low.items and len(found) < _INNER:
        node, scope, offset = low.items.pop()
        low.offset = offset
        inner = Draft(draft.name, scope, types=draft.types, exposed=draft.exposed)
        if node.type == "function_item":
            inner.functions.append((node, scope, offset, attributes.NONE, (), ()))
        elif node.type == "impl_item":
            _impl(file, inner, node, scope, attributes.NONE)
        elif node.type in ("struct_item", "enum_item", "trait_item"):
            _type(inner, node, scope)
        draft.implementations += inner.implementations
        found += [lower_function(low, *one) for one in inner.functions]
    return found
