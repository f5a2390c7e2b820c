"""Files of certificates and keys that code includes, or names in a literal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.model import Role
from mtlslint.parsers.rust.file_names import (
    JOINS,
    THROUGH,
    FileName,
    arguments_of,
    below_manifest,
    called,
    is_text,
    name_of,
    texts_in,
)
from mtlslint.source import Source, Span
from mtlslint.syntax import around

if TYPE_CHECKING:
    from tree_sitter import Node

_ENDINGS = ("pem", "crt", "cer", "cert", "key", "rsa", "der", "crl", "p12", "pfx", "p8", "pk8")
_ENDS = re.compile(r"\.(?:" + "|".join(_ENDINGS) + r")$", re.IGNORECASE)
_INCLUDES = re.compile(rb"include_(?:bytes|str)")
_HINTS = (_INCLUDES, re.compile(rb'\.(?:%s)"' % "|".join(_ENDINGS).encode()))
_CLOSES = re.compile(rb"\.(?:" + "|".join(_ENDINGS).encode() + rb')"#*$', re.IGNORECASE)
_TAIL = 12
_MOST = 200
_MAY_BE_KEY = re.compile(r"key|priv|identity|tls|ssl|cert", re.IGNORECASE)
# Calls that don't read what they name: they write it, look at names, or tell people of it.
_IDLE = frozenset(
    (  # noqa: SIM905
        "create create_new write remove_file rename copy exists metadata set_permissions "
        "starts_with ends_with contains strip_suffix strip_prefix trim_end_matches split find "
        "replace eq push context var var_os set_file_name with_file_name set_extension arg args"
    ).split()
)
_BETWEEN = frozenset(
    {"arguments", "reference_expression", "field_expression", "try_expression", "await_expression"}
)
_DEAD = frozenset(  # in arrays, names are mostly those of a command line
    {
        "token_tree",
        "array_expression",
        "binary_expression",
        "match_pattern",
        "tuple_struct_pattern",
        "or_pattern",
    }
)
_ROLES = {
    ("set_ca_file", 0): Role.CA,
    ("set_certificate_chain_file", 0): Role.CERTIFICATE,
    ("set_certificate_file", 0): Role.CERTIFICATE,
    ("set_private_key_file", 0): Role.KEY,
    ("cert_path", 0): Role.CHAIN,  # warp
    ("key_path", 0): Role.KEY,
    ("client_auth_required_path", 0): Role.ANCHOR,
    ("client_auth_optional_path", 0): Role.ANCHOR,
}


class Mention(NamedTuple):
    """A file by its name as written; `rooted`: that is relative to the crate's folder."""

    name: str
    rooted: bool
    role: Role
    span: Span
    compiled: bool
    test: bool


def mention_hints(data: bytes) -> Iterator[int]:
    """Yield byte offsets in texts and macros that may name a file; not without end."""
    found = (match.start() for hint in _HINTS for match in hint.finditer(data))
    return islice(found, _MOST)


def mentioned(node: Node, source: Source, test: bool) -> Mention | None:
    """Return the file that a node includes or names; None if it does neither."""
    tree = _include(node)
    if tree is not None:
        found = _included(tree)
        if _ENDS.search(found.name) or _MAY_BE_KEY.search(found.name):
            return Mention(*found, Role.ANY, _head(node, source), True, test)
        return None
    end = source.data[max(node.start_byte, node.end_byte - _TAIL) : node.end_byte]
    if node.type != "macro_invocation" and not (is_text(node) and _CLOSES.search(end)):
        return None
    whole = _whole(node)
    name = name_of(whole)
    role = _role(whole) if name is not None and _ENDS.search(name.name) else None
    if name is None or role is None:
        return None
    return Mention(*name, role, _head(node, source), False, test)


def _whole(node: Node) -> Node:
    """Return the name that ends with a text: with the folders that it is joined to."""
    whole, last = node, node
    for above in around(node):
        if above.type == "call_expression" and last.type == "arguments":
            whole = above
        elif above.type != "arguments" or above.parent is None or called(above.parent) not in JOINS:
            break
        last = above
    return whole


def is_macro(node: Node, name: bytes) -> bool:
    """Whether a node invokes the macro of that name."""
    return node.type == "macro_invocation" and (node.text or b"").startswith(name + b"!")


def _head(node: Node, source: Source) -> Span:
    line = source.data.find(b"\n", node.start_byte, node.end_byte)
    return Span(source.path, node.start_byte, line if line != -1 else node.end_byte)


def _include(node: Node) -> Node | None:
    """Return the arguments of a macro (or a call that should be one) that includes a file."""
    if node.type == "macro_invocation":
        holder, tree = node.child_by_field_name("macro"), node.named_children[-1]
    elif node.type == "call_expression":
        holder = node.child_by_field_name("function")
        tree = node.child_by_field_name("arguments") or node
    elif node.type == "identifier":
        return _include_inside(node)
    else:
        return None
    return tree if holder is not None and _INCLUDES.fullmatch(holder.text or b"") else None


def _include_inside(node: Node) -> Node | None:
    """In another macro's arguments, macros are only words followed by brackets."""
    if not _INCLUDES.fullmatch(node.text or b"") or node.parent is None:
        return None
    tree = node.next_named_sibling
    inside = node.parent.type == "token_tree" and tree is not None and tree.type == "token_tree"
    return tree if inside else None


def _included(tree: Node) -> FileName:
    """Return the name that stands in an include's arguments, in which macros are only words."""
    texts = list(texts_in(tree))
    whole = below_manifest(texts)
    return whole or FileName(texts[0] if len(texts) == 1 else "", False)


def _role(node: Node) -> Role | None:
    """Return what a name is used as; None where nothing is read by it."""
    for above in around(node):
        if above.type in _DEAD:
            return None
        if above.type == "arguments" and above.parent is not None:
            word = called(above.parent)
            if word in _IDLE or word in JOINS or word == "expect":
                return None
            if word not in THROUGH:
                return _ROLES.get((word, _position(node, above.parent)), Role.ANY)
        elif above.type == "call_expression":
            word = called(above)
            if word in _IDLE or word in JOINS:
                return None
            if word not in THROUGH:
                return Role.ANY
        elif above.type not in _BETWEEN:
            return Role.ANY
        node = above
    return None


def _position(node: Node, call: Node) -> int:
    return next((at for at, one in enumerate(arguments_of(call)) if one == node), -1)
