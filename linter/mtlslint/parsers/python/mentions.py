"""Files of certificates and keys that code names in a literal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from mtlslint.model import Named, Role
from mtlslint.parsers.python.file_names import JOINS, THROUGH, arguments_of, called, name_of
from mtlslint.parsers.python.literals import text_of
from mtlslint.source import Source, Span
from mtlslint.syntax import around

if TYPE_CHECKING:
    from tree_sitter import Node

_ENDINGS = ("pem", "crt", "cer", "key", "der", "crl", "p12", "pfx", "p8")
_HINTS = tuple(re.compile(rf"\.{ending}[\"']".encode()) for ending in _ENDINGS)
_ANY_ENDING = "|".join(_ENDINGS)
_CLOSES = re.compile(rf"\.(?:{_ANY_ENDING})[\"']+$".encode())
_TAIL = 12
_MOST = 200
_NAME = re.compile(rf"[^\s*?<>$%{{}}]+\.(?:{_ANY_ENDING})")

# What a keyword, a key of a dictionary or a variable of that name is used as.
_ROLES = {
    **dict.fromkeys(
        ("certfile", "cert_file", "ssl_certfile", "ssl_cert", "certificate_file", "tls_certfile"),
        Role.CERTIFICATE,
    ),
    **dict.fromkeys(
        ("keyfile", "key_file", "ssl_keyfile", "ssl_key", "private_key_file", "tls_keyfile"),
        Role.KEY,
    ),
    **dict.fromkeys(
        ("cafile", "ca_file", "ca_certs", "ssl_ca_certs", "ssl_cafile", "ssl_ca", "ca_cert"),
        Role.ANCHOR,
    ),
    "verify": Role.ANCHOR,
    "ssl_crlfile": Role.CRL,
}
_POSITIONS = {
    ("load_cert_chain", 0): Role.CERTIFICATE,
    ("load_cert_chain", 1): Role.KEY,
    ("load_verify_locations", 0): Role.ANCHOR,
    ("create_default_context", 1): Role.ANCHOR,
    ("load_client_ca", 0): Role.ANCHOR,
    ("use_certificate_file", 0): Role.CERTIFICATE,
    ("use_certificate_chain_file", 0): Role.CERTIFICATE,
    ("use_privatekey_file", 0): Role.KEY,
}
_PASSWORD = ("load_cert_chain", 2)

# Calls that don't read what they name: they write it, look at names, or tell people of it.
_IDLE = frozenset(
    (  # noqa: SIM905
        "exists isfile is_file remove unlink rename replace copy copyfile move chmod touch "
        "write_text write_bytes print format endswith startswith strip split glob rglob match "
        "debug info warning error exception critical getenv skipif append_text with_suffix run "
        "check_call check_output call Popen system"
    ).split()
)
_LABELS = frozenset({"keyword_argument", "pair", "assignment"})
_BETWEEN = frozenset(
    (  # noqa: SIM905
        "call attribute tuple parenthesized_expression conditional_expression "
        "boolean_operator await named_expression"
    ).split()
)
_DEAD = frozenset(
    (  # noqa: SIM905
        "comparison_operator binary_operator expression_statement subscript concatenated_string "
        "interpolation case_pattern list set"
    ).split()
)


def mention_hints(data: bytes) -> Iterator[int]:
    """Yield byte offsets in strings that may name a file; not without end."""
    found = (match.start() for hint in _HINTS for match in hint.finditer(data))
    return islice(found, _MOST)


def mentioned(node: Node, source: Source, test: bool) -> Named | None:
    """Return the file that a string names, None if it names none."""
    end = source.data[max(node.start_byte, node.end_byte - _TAIL) : node.end_byte]
    if _CLOSES.search(end) is None:
        return None
    whole = _whole(node)
    name = name_of(whole)
    found = _use(whole) if name and _NAME.fullmatch(name) else None
    if name is None or found is None:
        return None
    role, call = found
    span = Span(source.path, node.start_byte, _line_end(node, source.data))
    return Named(name, role, span, unlocked=_unlocked(call), test_code=test or _in_test(node))


def _line_end(node: Node, data: bytes) -> int:
    line = data.find(b"\n", node.start_byte, node.end_byte)
    return line if line != -1 else node.end_byte


def _whole(node: Node) -> Node:
    """Return the name that ends with a string: with the folders that it is joined to."""
    whole, last = node, node
    for above in around(node):
        if above.type == "binary_operator":
            if above.child_by_field_name("right") != last:
                break
            whole = above
        elif above.type == "argument_list" and above.parent is not None:
            if called(above.parent) not in JOINS or arguments_of(above.parent)[-1:] != [last]:
                break
        elif above.type == "call" and last.type == "argument_list":
            whole = above
        else:
            break
        last = above
    return whole


def _use(node: Node) -> tuple[Role, Node | None] | None:
    """Return what a name is used as and the call that takes it; None where nothing is read."""
    for above in around(node):
        if above.type in _DEAD or above.child_by_field_name("key") == node:
            return None
        if above.type in _LABELS:
            return _by_label(above)
        if above.type == "argument_list" and above.parent is not None:
            word = called(above.parent)
            if word in _IDLE or word in JOINS or _writes(above.parent):
                return None
            if word not in THROUGH:
                return _by_position(above.parent, node)
        elif above.type == "call" and called(above) in _IDLE:
            return None
        elif above.type not in _BETWEEN:
            return Role.ANY, None
        node = above
    return None


def _writes(call: Node) -> bool:
    """Whether a file is opened to be written."""
    modes = arguments_of(call)[1:2] if called(call) == "open" else []
    return any(set(text_of(mode)) & set("wax+") for mode in modes)


def _by_label(above: Node) -> tuple[Role, Node | None]:
    """Look up the keyword, the key of a dictionary or the variable that a name is given to."""
    field = next(name for name in ("name", "key", "left") if above.child_by_field_name(name))
    label = text_of(above.child_by_field_name(field)).strip("\"'").lower()
    call = above.parent.parent if field == "name" and above.parent is not None else None
    role = _ROLES.get(label, Role.ANY)
    return _alone(role, call) if field == "name" else role, call


def _by_position(call: Node, node: Node) -> tuple[Role, Node | None]:
    role = _POSITIONS.get((called(call), arguments_of(call).index(node)), Role.ANY)
    return _alone(role, call), call


def _alone(role: Role, call: Node | None) -> Role:
    """Return the role; without a file of its own, the key is where the certificate is."""
    if role is not Role.CERTIFICATE or call is None:
        return role
    return role if any(True for _ in _given(call, Role.KEY)) else Role.ANY


def _given(call: Node, role: Role) -> Iterator[Node]:
    """Yield what a call is given for a role."""
    for at, one in enumerate(arguments_of(call)):
        label = text_of(one.child_by_field_name("name"))
        if _ROLES.get(label) is role or _POSITIONS.get((called(call), at)) is role:
            yield one


def _unlocked(call: Node | None) -> bool:
    """Whether the key's password is written in the call."""
    for at, one in enumerate(arguments_of(call) if call is not None else ()):
        label = text_of(one.child_by_field_name("name"))
        value = one.child_by_field_name("value") or one
        if "password" in label or (call is not None and (called(call), at) == _PASSWORD):
            return value.type == "string" and not text_of(value).startswith("f")
    return False


def _in_test(node: Node) -> bool:
    return any(
        text_of(above.child_by_field_name("name")).startswith(("test_", "Test"))
        for above in around(node)
        if above.type in ("function_definition", "class_definition")
    )
