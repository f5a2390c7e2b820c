"""Chooses which functions of a file are worth lowering."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from mtlslint.code import ir, items
from mtlslint.parsers.rust.attributes import Attributes
from mtlslint.parsers.rust.uses import Scope

if TYPE_CHECKING:
    from tree_sitter import Node

_TELLING = re.compile(
    "|".join(
        (  # noqa: SIM905
            "tls ssl verif identity bind listen acceptor connector danger reqwest httpserver "
            "client_auth clientauth certificate with_root rootcertstore native_certs peer_cert "
            "serviceconfig client_cert client_dn client_s_dn client_subject client_san insecure "
            "accept_invalid allow_invalid trust_cert trustservercert with_uri_str reload_from "
            "client_ca ca_file cert_store cipher_list proto_version protocol_version early_data "
            "allow_unauthenticated with_crls trust_anchors with_mutual builder_mut security_level "
            "with_native_roots webpki_roots ^serve add_tcp proxy_service httppeer request_filter"
        ).split()
    ).encode(),
    re.IGNORECASE,
)
_HEADER = re.compile(rb"client-(?:cert|dn|s-dn|subject|san|cn)")
_EXTRACTS = frozenset({("FromRequest",), ("FromRequestParts",)})
_TAKES_SELF = re.compile(rb"\(\s*(?:&\s*(?:'\w+\s+)?)?(?:mut\s+)?self\b")
_BLANKED = bytes(one if one < 128 and re.match(r"\w", chr(one)) else 32 for one in range(256))
"""Leaves words of a text that is translated by it."""


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


def _words(text: bytes) -> set[bytes]:
    return set(text.translate(_BLANKED).split())


def _matters(text: bytes, words: Iterable[bytes]) -> bool:
    """Whether code, of these words, speaks of TLS, of listening, or of what is listened for."""
    if any(map(_tells, words)):
        return True
    text = text.lower()
    return (
        b"router::" in text
        or b"rocket::custom" in text
        or (b"client-" in text and _HEADER.search(text) is not None)
    )


@lru_cache(maxsize=1 << 16)
def _tells(word: bytes) -> bool:
    """Whether a word is one of TLS or the like; most files are written in the same few."""
    return _TELLING.search(word) is not None


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
        imports = draft.scope.imports.items()
        imported = {name.encode() for name, path in imports if _is_telling(path)}
        for node, *_, owner, trait in draft.functions:
            text = node.text or b""
            name = node.child_by_field_name("name")
            words[node.id] = _words(text)
            names[node.id] = (name.text or b"") if name is not None else b""
            known = imported and not imported.isdisjoint(words[node.id])
            if known or names[node.id] == b"main" or _matters(text, words[node.id]):
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


def _is_telling(path: ir.Path) -> bool:
    text = "::".join(path).encode()
    return _matters(text, _words(text))


def _parameters(node: Node) -> bytes:
    parameters = node.child_by_field_name("parameters")
    return (parameters.text or b"") if parameters is not None else b""
