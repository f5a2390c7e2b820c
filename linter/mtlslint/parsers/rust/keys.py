"""Private keys that are pasted into literals, and the files that code includes or names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code.ir import Borrow, Chain, Invoke, Literal, Method, Name, Node
from mtlslint.code.items import Module
from mtlslint.code.program import Program
from mtlslint.facts import Paths
from mtlslint.keys import is_der_key, key_hints, key_in
from mtlslint.model import Material, Named
from mtlslint.parsers.rust.attributes import NONE, is_test_path
from mtlslint.parsers.rust.file_names import is_text
from mtlslint.parsers.rust.mentions import Mention, is_macro, mention_hints, mentioned
from mtlslint.source import Source, Span
from mtlslint.syntax import holds_any

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

_STORE = re.compile(r"\.(?:p12|pfx)$", re.IGNORECASE)


class Secrets(NamedTuple):
    """What a file holds of private keys, and the files it includes or names."""

    pasted: tuple[Material, ...] = ()
    mentions: tuple[Mention, ...] = ()


def secrets_in(source: Source, root: Syntax) -> Secrets:
    """Return the keys that a file holds and the files of trust material that it names."""
    hints = key_hints(source.data)
    arrays = [found.start() for found in _ARRAY.finditer(source.data)]
    places = sorted([*hints, *arrays, *mention_hints(source.data)])
    pasted: list[Material] = []
    mentions: list[Mention] = []
    told = range(0)
    for node, test in _nodes(root, is_test_path(source.path), places):
        mention = mentioned(node, source, test)
        if mention is not None:
            mentions.append(mention)
        elif arrays and node.type == "array_expression" and _is_key(node):
            line = source.data.find(b"\n", node.start_byte, node.end_byte)
            head = Span(source.path, node.start_byte, line if line != -1 else node.end_byte)
            pasted.append(Material("private key", "key", "embedded", head, "", test))
        elif hints and node.start_byte not in told and (is_text(node) or is_macro(node, b"concat")):
            found = key_in(source.data, node.start_byte, node.end_byte)
            if found is not None:
                told = range(node.start_byte, node.end_byte)  # what is in it follows at once
                span = Span(source.path, *found)
                pasted.append(Material("private key", "key", "embedded", span, "", test))
    return Secrets(
        tuple(sorted(pasted, key=lambda one: one.span)),
        tuple(sorted(mentions, key=lambda one: one.span)),
    )


_ARRAY = re.compile(rb"\[\s*(?:48|0x30)(?:u8)?\s*,\s*(?:\d+|0x[0-9A-Fa-f]+)\s*,")
_BYTE = re.compile(rb"\b(?:0x([0-9A-Fa-f]{1,2})|(\d{1,3}))(?:_?u8)?\b")
_MOST = 20_000
"""Characters of the longest array of bytes that is looked at."""


def _is_key(array: Syntax) -> bool:
    """Whether the numbers of an array are the bytes of a private key."""
    text = array.text or b""
    if len(text) > _MOST or _ARRAY.match(text) is None:
        return False
    numbers = [int(base16, 16) if base16 else int(one) for base16, one in _BYTE.findall(text)]
    return max(numbers) < 256 and is_der_key(bytes(numbers))


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


def _locate(one: Mention, path: str, paths: Paths) -> str:
    """Return the project's file that is included, or named from the crate's folder; "" if none."""
    parts = path.split("/")[:-1]
    if one.rooted:
        while parts and "/".join((*parts, "Cargo.toml")) not in paths.known:
            parts.pop()
    found = "" if one.name.startswith("/") else _joined(parts, one.name)
    return found if found in paths.known else ""


def _joined(folder: list[str], name: str) -> str:
    parts = list(folder)
    for part in name.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def named_in(
    secrets: Mapping[str, Secrets], program: Program, crate: str, paths: Paths
) -> Iterator[Named]:
    """Yield what a crate's files, given by path, include or name."""
    mentions = [(path, one) for path, held in secrets.items() for one in held.mentions]
    opened = frozenset(_opened(program, crate)) if mentions else frozenset()
    for path, one in mentions:
        exact = one.compiled or one.rooted
        found = _locate(one, path, paths) if exact else ""
        if found or one.compiled or not exact:
            yield Named(
                one.name,
                one.role,
                one.span,
                path=found,
                compiled=one.compiled,
                unlocked=bool(_STORE.search(one.name)) in opened,
                test_code=one.test,
            )


# Calls that open a PKCS#12 store, or else a key, with the password that they are given last.
_OPENS = {
    "from_pkcs12": True,
    "from_pkcs12_der": True,
    "parse2": True,
    "private_key_from_pem_passphrase": False,
    "private_key_from_pkcs8_passphrase": False,
}
_ACCEPTOR = ("async_native_tls", "TlsAcceptor", "new")


def _opened(program: Program, crate: str) -> Iterator[bool]:
    """Yield whether it is a store for each call whose password stands in the code."""
    for module, function in program.by_crate.get(crate, ()):
        if function.test:
            continue
        for node in program.nodes(function.body).get(Chain, ()):
            for store, word in _passwords(node):
                if _is_constant(program, module, word):
                    yield store


def _passwords(chain: Chain) -> Iterator[tuple[bool, Node]]:
    path = chain.base.path if isinstance(chain.base, Name) else ()
    opens = True if path == _ACCEPTOR else _OPENS.get(path[-1]) if path else None
    stored = False
    for step in chain.steps:
        if isinstance(step, Method):
            opens = True if stored and step.name == "password" else _OPENS.get(step.name)
            stored = stored or step.name == "pkcs12"
        if isinstance(step, (Method, Invoke)) and opens is not None and step.args:
            yield opens, step.args[-1]


def _is_constant(program: Program, module: Module, node: Node) -> bool:
    while isinstance(node, (Borrow, Chain)):
        node = node.value if isinstance(node, Borrow) else node.base
    if isinstance(node, Name):
        constant = program.constant(node.path, module)
        return constant is not None and isinstance(constant[1], Literal)
    return isinstance(node, Literal) and isinstance(node.value, str)
