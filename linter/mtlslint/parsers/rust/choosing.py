"""Chooses which functions of a file are worth lowering."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mtlslint.code import ir, items
from mtlslint.parsers.rust.attributes import Attributes
from mtlslint.parsers.rust.uses import Scope

if TYPE_CHECKING:
    from tree_sitter import Node

_WORDS = (
    *(b"tls", b"ssl", b"verif", b"identity", b"bind", b"listen", b"acceptor", b"connector"),
    *(
        b"danger",
        b"reqwest",
        b"httpserver",
        b"client_auth",
        b"clientauth",
        b"certificate",
        b"with_root",
    ),
    *(b"rootcertstore", b"native_certs", b"peer_cert", b"router::", b"serviceconfig"),
    *(b"client_cert", b"client-cert", b"client-dn", b"client_dn", b"client-s-dn", b"client_s_dn"),
    *(b"client-subject", b"client_subject", b"client-san", b"client_san", b"client-cn"),
    *(
        b"insecure",
        b"accept_invalid",
        b"allow_invalid",
        b"trust_cert",
        b"trustservercert",
        b"with_uri_str",
    ),
    *(b"reload_from", b"client_ca", b"ca_file", b"cert_store", b"cipher_list", b"proto_version"),
    *(b"protocol_version", b"early_data", b"allow_unauthenticated", b"with_crls", b"trust_anchors"),
    *(b"with_mutual", b"builder_mut", b"security_level", b"with_native_roots", b"webpki_roots"),
    b"rocket::custom",
)
_SERVES = re.compile(rb"\bserve")
_EXTRACTS = frozenset({("FromRequest",), ("FromRequestParts",)})
_TAKES_SELF = re.compile(rb"\(\s*(?:&\s*(?:'\w+\s+)?)?(?:mut\s+)?self\b")
_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")


@dataclass
class Draft:
    """A module in the making; `name` is its path in the crate."""

    name: ir.Path
    scope: Scope
    functions: list[tuple[Node, Scope, int, Attributes, ir.Path, ir.Path]] = field(
        default_factory=list
    )
    implementations: list[items.Implementation] = field(default_factory=list)
    constants: list[tuple[str, Node, int]] = field(default_factory=list)
    types: dict[str, dict[str, ir.Path]] = field(default_factory=dict)
    children: list[items.Submodule] = field(default_factory=list)


def _matters(text: bytes) -> bool:
    """Whether code speaks of TLS, of listening, or of what is listened for."""
    text = text.lower()
    return any(word in text for word in _WORDS) or (
        b"serve" in text and _SERVES.search(text) is not None
    )


def wanted(drafts: list[Draft]) -> set[int]:
    """Choose functions that speak of TLS, those that call them, and those that these call.

    Of types with such functions, what makes one is chosen too.
    """
    words: dict[int, set[bytes]] = {}
    names: dict[int, bytes] = {}
    chosen: set[int] = set()
    extractors: dict[int, bytes] = {}
    makers: dict[int, ir.Path] = {}
    owners: dict[int, ir.Path] = {}
    for draft in drafts:
        imported = {
            name.encode()
            for name, path in draft.scope.imports.items()
            if _matters("::".join(path).encode())
        }
        for node, *_, owner, trait in draft.functions:
            text = node.text or b""
            name = node.child_by_field_name("name")
            words[node.id] = set(_WORD.findall(text))
            names[node.id] = (name.text or b"") if name is not None else b""
            if _matters(text) or words[node.id] & imported or names[node.id] == b"main":
                chosen.add(node.id)
            if owner:
                owners[node.id] = owner
                if not _TAKES_SELF.match(_parameters(node)):
                    makers[node.id] = owner
            if trait[-1:] in _EXTRACTS:
                extractors[node.id] = owner[-1].encode()
    speaking = {names[one] for one in chosen}
    chosen |= {one for one, used in words.items() if used & speaking}
    extracted = {owner for one, owner in extractors.items() if one in chosen}
    chosen |= {one for one, used in words.items() if used & extracted}
    making = {owners[one] for one in chosen if one in owners}
    chosen |= {one for one, owner in makers.items() if owner in making}
    used = {word for one in chosen for word in words[one]}
    chosen |= {one for one, name in names.items() if name in used}
    return chosen


def _parameters(node: Node) -> bytes:
    parameters = node.child_by_field_name("parameters")
    return (parameters.text or b"") if parameters is not None else b""
