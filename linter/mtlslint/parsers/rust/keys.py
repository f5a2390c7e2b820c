"""Private keys that are pasted into literals, included from files, or read from the project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code.ir import Borrow, Chain, Invoke, Literal, Method, Module, Name, Node
from mtlslint.code.program import Program
from mtlslint.code.walk import nodes_in
from mtlslint.facts import Paths, Project
from mtlslint.keys import holds_key, is_key_name, is_pkcs12, key_hints, key_in
from mtlslint.model import Material
from mtlslint.parsers.rust.attributes import NONE, is_test_path
from mtlslint.parsers.rust.literals import constant_of
from mtlslint.source import Source, Span
from mtlslint.syntax import holds_any

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

ROOT = "/"
"""Begins the name of a file that is relative to the crate's folder."""

LOADED = ">"
"""Begins the name of a file that is read when the program runs, wherever that is."""

# Which argument names the key: openssl, warp; rustls-pki-types, axum-server.
_LOADS = {b"set_private_key_file": 0, b"key_path": 0, b"from_pem_file": -1}
_INCLUDES = re.compile(rb"include_(?:bytes|str)")
_NAMES = tuple(re.compile(name) for name in (_INCLUDES.pattern, *_LOADS))
_MAY_BE_KEY = re.compile(
    r"\.(?:pem|key|der|p12|pfx|p8|pk8|rsa|crt|cer)$|key|priv|identity|tls|ssl|cert", re.IGNORECASE
)
_STORE = re.compile(r"\.(?:p12|pfx)$", re.IGNORECASE)


class Include(NamedTuple):
    """A file that is compiled in or read, by its name as written."""

    name: str
    span: Span
    test: bool


class Secrets(NamedTuple):
    """What a file holds of private keys: written in place, and in the files it includes."""

    pasted: tuple[Material, ...] = ()
    included: tuple[Include, ...] = ()


class Held(NamedTuple):
    """What a file that is compiled in turned out to be."""

    key: bool
    store: bool


def held(data: bytes) -> Held:
    """Say what a file is that isn't code."""
    return Held(holds_key(data), is_pkcs12(data))


def secrets_in(source: Source, root: Syntax) -> Secrets:
    """Return the keys that a file holds and the files it includes."""
    hints = key_hints(source.data)
    named = (match.start() for name in _NAMES for match in name.finditer(source.data))
    places = sorted([*hints, *named])
    pasted: list[Material] = []
    included: list[Include] = []
    told = range(0)
    for node, test in _nodes(root, is_test_path(source.path), places):
        name = _included(node) or _loaded(node)
        if name and _MAY_BE_KEY.search(name):
            span = Span(source.path, node.start_byte, _line_end(node, source.data))
            included.append(Include(name, span, test))
        elif hints and node.start_byte not in told and (_is_text(node) or _joins(node)):
            found = key_in(source.data, node.start_byte, node.end_byte)
            if found is not None:
                told = range(node.start_byte, node.end_byte)  # what is in it follows at once
                span = Span(source.path, *found)
                pasted.append(Material("private key", "key", "embedded", span, "", test))
    return Secrets(
        tuple(sorted(pasted, key=lambda one: one.span)),
        tuple(sorted(included, key=lambda one: one.span)),
    )


def _nodes(root: Syntax, test: bool, places: list[int]) -> Iterator[tuple[Syntax, bool]]:
    """Yield what holds one of the places, outer nodes first, and whether it is test code."""
    waiting = [(root, test)] if places else []
    while waiting:
        node, within = waiting.pop()
        yield node, within
        marks = NONE
        for child in node.named_children:
            if child.type == "inner_attribute_item":
                within = within or NONE.reading(child).test
            elif child.type == "attribute_item":
                marks = marks.reading(child)
            elif not child.type.endswith("comment"):
                if holds_any(child, places):
                    waiting.append((child, within or marks.test))
                marks = NONE


def _is_text(node: Syntax) -> bool:
    return node.type in ("string_literal", "raw_string_literal")


def _joins(node: Syntax) -> bool:
    """Whether the pieces of a text stand in `concat!`."""
    return node.type == "macro_invocation" and (node.text or b"").startswith(b"concat!")


def _line_end(node: Syntax, data: bytes) -> int:
    line = data.find(b"\n", node.start_byte, node.end_byte)
    return line if line != -1 else node.end_byte


def _included(node: Syntax) -> str:
    """Return the name of the file that a macro (or a call that should be one) includes."""
    if node.type == "macro_invocation":
        holder, tree = node.child_by_field_name("macro"), node.named_children[-1]
    elif node.type == "call_expression":
        holder = node.child_by_field_name("function")
        tree = node.child_by_field_name("arguments") or node
    elif node.type == "identifier":
        return _included_inside(node)
    else:
        return ""
    if holder is None or not _INCLUDES.fullmatch(holder.text or b""):
        return ""
    return _name_in(tree)


def _loaded(node: Syntax) -> str:
    """Return the name of the file from which a call reads a key when the program runs."""
    callee = node.child_by_field_name("function") if node.type == "call_expression" else None
    arguments = node.child_by_field_name("arguments")
    if callee is None or arguments is None or not callee.named_children:
        return ""
    which = _LOADS.get(callee.named_children[-1].text or b"")
    args = [one for one in arguments.named_children if not one.type.endswith("comment")]
    if which is None or not args or not _is_text(args[which]):
        return ""
    return LOADED + str(constant_of(args[which]))


def _included_inside(node: Syntax) -> str:
    """In another macro's arguments, macros are only words followed by brackets."""
    if not _INCLUDES.fullmatch(node.text or b"") or node.parent is None:
        return ""
    tree = node.next_named_sibling
    if node.parent.type != "token_tree" or tree is None or tree.type != "token_tree":
        return ""
    return _name_in(tree)


def _name_in(tree: Syntax) -> str:
    texts: list[str] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if _is_text(node):
            texts.append(str(constant_of(node)))
        else:
            waiting.extend(reversed(node.named_children))
    if texts[:1] == ["CARGO_MANIFEST_DIR"]:
        return ROOT + "".join(texts[1:]).lstrip("/")
    return texts[0] if len(texts) == 1 else ""


def locate(name: str, path: str, paths: Paths) -> str:
    """Return the project's file that an included name means, "" if it isn't there."""
    if name.startswith(LOADED):
        return paths.beside(name.removeprefix(LOADED), path)
    parts = path.split("/")[:-1]
    if not name.startswith(ROOT):
        found = _joined(parts, name)
        return found if found in paths.known else ""
    for count in range(len(parts), -1, -1):
        if "/".join((*parts[:count], "Cargo.toml")) in paths.known or not count:
            found = _joined(parts[:count], name.lstrip("/"))
            return found if found in paths.known else ""
    return ""


def _joined(folder: list[str], name: str) -> str:
    parts = list(folder)
    for part in name.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def materials_in(
    secrets: Mapping[str, Secrets], program: Program, project: Project
) -> Iterator[Material]:
    """Yield the private keys of a crate's files, given by path."""
    if not any(one.pasted or one.included for one in secrets.values()):
        return
    opened = _opens_stores(program)
    for path, one in secrets.items():
        yield from one.pasted
        for include in one.included:
            found = project.facts.get(locate(include.name, path, project.paths))
            what = found.tree if found is not None else None
            if include.name.startswith(LOADED):
                if isinstance(what, Held) and what.key and found is not None:
                    yield Material(found.path, "key", "file", include.span, "", include.test)
                continue
            if not isinstance(what, Held):
                what = Held(is_key_name(include.name), bool(_STORE.search(include.name)))
            if what.key or (what.store and opened):
                note = "compiled in" if what.key else "compiled in, its password is in the code"
                name = include.name.lstrip("/")
                yield Material(name, "key", "embedded", include.span, note, include.test)


_OPENS = frozenset({"from_pkcs12", "from_pkcs12_der", "parse2"})


def _opens_stores(program: Program) -> bool:
    """Whether a PKCS#12 store is opened with a password that stands in the code."""
    return any(
        not function.test
        and isinstance(node, Chain)
        and any(_is_constant(program, module, word) for word in _passwords(node))
        for module, function in program.everything
        for node in nodes_in(function.body)
    )


def _passwords(chain: Chain) -> Iterator[Node]:
    name = chain.base.path[-1] if isinstance(chain.base, Name) else ""
    for step in chain.steps:
        if isinstance(step, Method):
            name = step.name
        if isinstance(step, (Method, Invoke)) and name in _OPENS and step.args:
            yield step.args[-1]


def _is_constant(program: Program, module: Module, node: Node) -> bool:
    while isinstance(node, (Borrow, Chain)):
        node = node.value if isinstance(node, Borrow) else node.base
    if isinstance(node, Name):
        constant = program.constant(node.path, module)
        return constant is not None and isinstance(constant[1], Literal)
    return isinstance(node, Literal) and isinstance(node.value, str)
