"""Files of certificates and keys that code includes, or names in a literal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.model import Role
from mtlslint.parsers.rust.literals import constant_of
from mtlslint.source import Source, Span

if TYPE_CHECKING:
    from tree_sitter import Node

_ENDINGS = ("pem", "crt", "cer", "key", "der", "crl", "p12", "pfx", "p8", "pk8")
_ENDS = re.compile(r"\.(?:" + "|".join(_ENDINGS) + r")$", re.IGNORECASE)
_INCLUDES = re.compile(rb"include_(?:bytes|str)")
_HINTS = (_INCLUDES, *(re.compile(rf'\.{ending}"'.encode()) for ending in _ENDINGS))
_MAY_BE_KEY = re.compile(r"\.rsa$|key|priv|identity|tls|ssl|cert", re.IGNORECASE)
_MANIFEST = b"CARGO_MANIFEST_DIR"

# Calls whose argument, or receiver, is what they return.
_THROUGH = frozenset(
    (  # noqa: SIM905
        "new from Some Ok to_string to_owned into to_path_buf as_ref as_str as_path unwrap clone "
        "from_str try_from parse"
    ).split()
)
# Calls that don't read what they name: they write it, look at names, or tell people of it.
_IDLE = frozenset(
    (  # noqa: SIM905
        "create create_new write remove_file rename copy exists metadata set_permissions "
        "starts_with ends_with contains strip_suffix strip_prefix trim_end_matches split find "
        "replace eq expect context var var_os set_file_name with_file_name set_extension arg args"
    ).split()
)
_JOINS = frozenset({"join", "push"})
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
    role: Role
    span: Span
    compiled: bool
    rooted: bool
    test: bool


def mention_hints(data: bytes) -> Iterator[int]:
    """Yield byte offsets in all texts and macros that may name a file."""
    return (match.start() for hint in _HINTS for match in hint.finditer(data))


def mentioned(node: Node, source: Source, test: bool) -> Mention | None:
    """Return the file that a node includes or names; None if it does neither."""
    tree = _include(node)
    if tree is not None:
        name, rooted = _name_in(tree)
        if _ENDS.search(name) or _MAY_BE_KEY.search(name):
            return Mention(name, Role.ANY, _head(node, source), True, rooted, test)
        return None
    if is_text(node):
        name, role, rooted = str(constant_of(node)), _role(node), _follows_root(node)
    elif is_macro(node, b"concat"):
        (name, rooted), role = _name_in(node.named_children[-1]), _role(node)
        role = role if rooted else None
    else:
        return None
    if role is None or not _ENDS.search(name):
        return None
    return Mention(name, role, _head(node, source), False, rooted, test)


def is_text(node: Node) -> bool:
    """Whether a node is a literal text."""
    return node.type in ("string_literal", "raw_string_literal")


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


def _name_in(tree: Node) -> tuple[str, bool]:
    """Return the name that stands in a macro's arguments, and whether it is the crate's."""
    texts: list[str] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if is_text(node):
            texts.append(str(constant_of(node)))
        else:
            waiting.extend(reversed(node.named_children))
    if texts[:1] == [_MANIFEST.decode()]:
        return "".join(texts[1:]).lstrip("/"), True
    return (texts[0] if len(texts) == 1 else ""), False


def _role(node: Node) -> Role | None:
    """Return what a name is used as; None where nothing is read by it."""
    while True:
        parent = node.parent
        if parent is None or parent.type in _DEAD:
            return None
        if parent.type == "arguments" and parent.parent is not None:
            called, number = _called(parent.parent), _position(node, parent)
            if called in _IDLE or (called in _JOINS and not _follows_root(node)):
                return None
            if called not in _THROUGH:
                return _ROLES.get((called, number), Role.ANY)
        elif parent.type == "call_expression":
            called = _called(parent)
            if called in _IDLE:
                return None
            if called not in _THROUGH:
                return Role.ANY
        elif parent.type not in _BETWEEN:
            return Role.ANY
        node = parent


def _called(call: Node) -> str:
    callee = call.child_by_field_name("function")
    while callee is not None and callee.type == "generic_function":
        callee = callee.child_by_field_name("function")
    if callee is None:
        return ""
    last = callee.named_children[-1] if callee.named_children else callee
    return (last.text or b"").decode("utf-8", "replace")


def _position(node: Node, arguments: Node) -> int:
    args = [one for one in arguments.named_children if not one.type.endswith("comment")]
    return next((at for at, one in enumerate(args) if one == node), -1)


def _follows_root(node: Node) -> bool:
    """Whether a name is joined to the crate's folder."""
    arguments = node.parent
    call = arguments.parent if arguments is not None and arguments.type == "arguments" else None
    if call is None or call.type != "call_expression" or _called(call) not in _JOINS:
        return False
    callee = call.child_by_field_name("function")
    return callee is not None and _MANIFEST in (callee.text or b"")
