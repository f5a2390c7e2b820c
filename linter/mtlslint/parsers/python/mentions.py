"""Files of certificates and keys that code names in a literal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mtlslint.model import Named, Role
from mtlslint.parsers.python.literals import content_of, string_parts, text_of
from mtlslint.source import Source, Span

if TYPE_CHECKING:
    from tree_sitter import Node

_ENDINGS = ("pem", "crt", "cer", "key", "der", "crl", "p12", "pfx", "p8")
_HINTS = tuple(re.compile(rf"\.{ending}[\"']".encode()) for ending in _ENDINGS)
_ANY_ENDING = "|".join(_ENDINGS)
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

# Calls whose argument, or receiver, is what they return.
_THROUGH = frozenset(
    (  # noqa: SIM905
        "Path PurePath PosixPath str abspath realpath expanduser fspath join resolve absolute "
        "as_posix"
    ).split()
)
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
        "comparison_operator expression_statement subscript concatenated_string interpolation "
        "case_pattern list set"
    ).split()
)


def mention_hints(data: bytes) -> Iterator[int]:
    """Yield byte offsets in all strings that may name a file."""
    return (match.start() for hint in _HINTS for match in hint.finditer(data))


def mentioned(node: Node, source: Source, test: bool) -> Named | None:
    """Return the file that a string names, None if it names none."""
    text = _text(node)
    if text is None or not _NAME.fullmatch(text):
        return None
    node, name = _joined(node, text)
    found = _use(node) if name else None
    if found is None:
        return None
    role, call = found
    span = Span(source.path, node.start_byte, _line_end(node, source.data))
    return Named(name, role, span, unlocked=_unlocked(call), test_code=test or _in_test(node))


def _text(node: Node) -> str | None:
    """Return what a plain string says; None for bytes and what is put together."""
    prefix, parts = string_parts(node)
    if set(prefix) - {"r", "u"} or any(part.type == "interpolation" for part in parts):
        return None
    return "".join(content_of(part, "r" in prefix) for part in parts)


def _line_end(node: Node, data: bytes) -> int:
    line = data.find(b"\n", node.start_byte, node.end_byte)
    return line if line != -1 else node.end_byte


def _joined(node: Node, text: str) -> tuple[Node, str]:
    """Return the whole that a name is the end of, and the name with its literal folders.

    "" where it is put behind what isn't known, and no folder tells which file it is.
    """
    above = node.parent
    if above is not None and above.type == "binary_operator":
        left, right = above.child_by_field_name("left"), above.child_by_field_name("right")
        if left is None or right != node or text_of(above.child_by_field_name("operator")) != "/":
            return node, ""
        return above, _behind(list(_operands(left)), text)
    call = above.parent if above is not None and above.type == "argument_list" else None
    if above is not None and call is not None and _called(call) in ("join", "joinpath"):
        before = [one for one in above.named_children if one.end_byte <= node.start_byte]
        if _called(call) == "joinpath":
            before.insert(0, call.child_by_field_name("function") or call)
        return call, _behind(before, text)
    return node, text


def _operands(node: Node) -> Iterator[Node]:
    """Yield what stands between the slashes, from left to right."""
    parts = [node]
    while parts[0].type == "binary_operator":
        left, right = (parts[0].child_by_field_name(name) for name in ("left", "right"))
        if left is None or right is None:
            break
        parts[:1] = [left, right]
    yield from parts


def _behind(before: list[Node], text: str) -> str:
    pieces = [text]
    for node in reversed(before):
        piece = _text(node) if node.type == "string" else _path_of(node)
        if piece is None:
            known = len(pieces) > 1 or "/" in text or "__file__" in text_of(node)
            return "/".join(pieces) if known else ""
        pieces.insert(0, piece.rstrip("/"))
    return "/".join(pieces)


def _path_of(node: Node) -> str | None:
    """Return what `Path("folder")` says."""
    arguments = node.child_by_field_name("arguments") if node.type == "call" else None
    inner = arguments.named_children if arguments is not None else []
    plain = len(inner) == 1 and inner[0].type == "string" and _called(node) in _THROUGH
    return _text(inner[0]) if plain else None


def _use(node: Node) -> tuple[Role, Node | None] | None:
    """Return what a name is used as and the call that takes it; None where nothing is read."""
    while True:
        above = node.parent
        if above is None or above.type in _DEAD or above.child_by_field_name("key") == node:
            return None
        if above.type in _LABELS:
            return _by_label(above)
        if above.type == "argument_list":
            call = above.parent
            if call is None or _called(call) in _IDLE or _writes(call):
                return None
            if _called(call) not in _THROUGH:
                return _by_position(call, above, node)
            above = call
        elif above.type == "call" and _called(above) in _IDLE:
            return None
        elif above.type not in _BETWEEN:
            return Role.ANY, None
        node = above


def _called(call: Node) -> str:
    callee = call.child_by_field_name("function")
    if callee is not None and callee.type == "attribute":
        callee = callee.child_by_field_name("attribute")
    return text_of(callee)


def _writes(call: Node) -> bool:
    """Whether a file is opened to be written."""
    arguments = call.child_by_field_name("arguments")
    if _called(call) != "open" or arguments is None:
        return False
    mode = next((one for one in arguments.named_children[1:2]), None)
    return mode is not None and bool(set(text_of(mode)) & set("wax+"))


def _by_label(above: Node) -> tuple[Role, Node | None]:
    """Look up the keyword, the key of a dictionary or the variable that a name is given to."""
    field = next(name for name in ("name", "key", "left") if above.child_by_field_name(name))
    label = text_of(above.child_by_field_name(field)).strip("\"'").lower()
    call = above.parent.parent if field == "name" and above.parent is not None else None
    role = _ROLES.get(label, Role.ANY)
    return _alone(role, call) if field == "name" else role, call


def _by_position(call: Node, arguments: Node, node: Node) -> tuple[Role, Node | None]:
    args = [one for one in arguments.named_children if one.type != "comment"]
    role = _POSITIONS.get((_called(call), args.index(node)), Role.ANY)
    return _alone(role, call), call


def _alone(role: Role, call: Node | None) -> Role:
    """Return the role; without a file of its own, the key is where the certificate is."""
    if role is not Role.CERTIFICATE or call is None:
        return role
    return role if any(True for _ in _given(call, Role.KEY)) else Role.ANY


def _given(call: Node, role: Role) -> Iterator[Node]:
    """Yield what a call is given for a role."""
    arguments = call.child_by_field_name("arguments")
    args = [one for one in arguments.named_children if one.type != "comment"] if arguments else []
    for at, one in enumerate(args):
        label = text_of(one.child_by_field_name("name"))
        if _ROLES.get(label) is role or _POSITIONS.get((_called(call), at)) is role:
            yield one


def _unlocked(call: Node | None) -> bool:
    """Whether the key's password is written in the call."""
    arguments = call.child_by_field_name("arguments") if call is not None else None
    if call is None or arguments is None:
        return False
    for at, one in enumerate(arguments.named_children):
        label = text_of(one.child_by_field_name("name"))
        value = one.child_by_field_name("value") or one
        if "password" in label or (_called(call), at) == _PASSWORD:
            return value.type == "string" and not text_of(value).startswith("f")
    return False


def _in_test(node: Node) -> bool:
    above: Node | None = node
    while above is not None:
        if above.type in ("function_definition", "class_definition"):
            name = text_of(above.child_by_field_name("name"))
            if name.startswith(("test_", "Test")):
                return True
        above = above.parent
    return False
