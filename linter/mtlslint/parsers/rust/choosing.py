"""Chooses which functions of a file are worth lowering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code import ir, items
from mtlslint.parsers.rust.attributes import Attributes
from mtlslint.parsers.rust.uses import Scope

if TYPE_CHECKING:
    from tree_sitter import Node

_TELLING = re.compile(
    "|".join(
        (  # noqa: SIM905
            "tls verif identity bind listen acceptor connector danger reqwest httpserver "
            "client_auth clientauth certificate with_root rootcertstore native_certs peer_cert "
            "serviceconfig client_cert client_dn client_s_dn client_subject client_san insecure "
            "accept_invalid allow_invalid trust_cert trustservercert with_uri_str reload_from "
            "client_ca ca_file cert_store cipher_list proto_version protocol_version early_data "
            "allow_unauthenticated with_crls trust_anchors with_mutual builder_mut security_level "
            "with_native_roots webpki_roots ^serve add_tcp proxy_service httppeer request_filter "
            # Not what `AccessList`, `needlessly` and `lossless` hold.
            "(?-i:Ssl|(?<![ea])ssl(?!e)|(?<![EA])SSL(?!E)) usessl"
        ).split()
    ).encode(),
    re.IGNORECASE,
)
_HEADER = re.compile(rb"client-(?:cert|dn|s-dn|subject|san|cn)")
USING = frozenset(
    (
        b"accept accept_with acme add add_cert add_pem_file add_uds ca_path cert_path "
        b"cert_validation cipher_suites clear_options connect connect_lazy disable_built_in_roots "
        b"enable_server_cert_auth extend host https identify_with mandatory run "
        b"run_with_graceful_shutdown set set_accept_state set_config set_default_paths set_flags "
        b"set_host set_ip set_options set_persistence set_psk_server_callback set_status_callback "
        b"socket supported_protocols try_serve try_serve_with_graceful_shutdown "
        b"with_client_credential_resolver with_enabled_roots with_incoming with_single_cert"
    ).split()
)
"""Other methods by which something of a library is put to use."""
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
    usual: dict[str, dict[str, str]] = field(default_factory=dict)
    exposed: dict[ir.Path, frozenset[str]] = field(default_factory=dict)
    children: list[items.Submodule] = field(default_factory=list)

    def expose(self, owner: ir.Path, fields: Iterable[str]) -> None:
        """Note fields of a type that other programs can write to."""
        known = self.exposed.get(owner, frozenset())
        self.exposed[owner] = known.union(fields)


_SETS = re.compile(rb"\bself\s*\.\s*(\w+)\s*=(?!=)")
_COPIES = re.compile(rb"\{([^{}]*)\.\.\s*self\s*\}")


def fields_set(method: Node) -> Iterator[str]:
    """Yield the fields of its object that a method's text sets; it may yield other words too."""
    text = method.text or b""
    copied = (word for one in _COPIES.findall(text) for word in re.findall(rb"\w+", one))
    for name in (*_SETS.findall(text), *copied):
        yield str(name, "utf-8", "replace")


def _words(text: bytes) -> set[bytes]:
    return set(text.translate(_BLANKED).split())


def _has_phrase(text: bytes) -> bool:
    """Whether code speaks of TLS, or of what is listened for, in more than a word."""
    text = text.lower()
    return (
        b"router::" in text
        or b"rocket::custom" in text
        or (b"client-" in text and _HEADER.search(text) is not None)
    )


@lru_cache(maxsize=1 << 16)
def tells(word: bytes) -> bool:
    """Whether a word is one of TLS or the like; most files are written in the same few."""
    return _TELLING.search(word) is not None


class _Text(NamedTuple):
    """What a function's text says; `maker`: it is called on its type, not on an object."""

    id: int
    name: bytes
    words: set[bytes]
    telling: bool
    owner: ir.Path
    maker: bool
    extracts: bool
    test: bool


def wanted(drafts: list[Draft], whole: bytes) -> set[int]:
    """Choose functions that speak of TLS, those that call them, and those that these call.

    `whole` is the file's text. Of types with such functions, what makes one or puts it to use is
    chosen too.
    """
    texts = list(_texts(drafts, _has_phrase(whole)))
    chosen = {one.id for one in texts if one.telling}
    chosen |= set(_callers(texts, chosen))
    extracted = {one.owner[-1].encode() for one in texts if one.extracts and one.id in chosen}
    chosen |= {one.id for one in texts if not extracted.isdisjoint(one.words)}
    making = {one.owner for one in texts if one.owner and one.id in chosen}
    chosen |= {one.id for one in texts if one.owner in making and (one.maker or one.name in USING)}
    used = {word for one in texts if one.id in chosen for word in one.words}
    return chosen | {one.id for one in texts if one.name in used}


def _texts(drafts: list[Draft], phrased: bool) -> Iterator[_Text]:
    for draft in drafts:
        imports = draft.scope.imports.items()
        imported = {name.encode() for name, path in imports if _is_telling(path)}
        for node, _, _, marks, owner, trait in draft.functions:
            text, named = node.text or b"", node.child_by_field_name("name")
            name = (named.text or b"") if named is not None else b""
            words = _words(text)
            yield _Text(
                node.id,
                name,
                words,
                name == b"main"
                or not imported.isdisjoint(words)
                or any(map(tells, words))
                or (phrased and _has_phrase(text)),
                owner,
                bool(owner) and not _TAKES_SELF.match(_parameters(node)),
                trait[-1:] in _EXTRACTS,
                marks.test,
            )


def _callers(texts: list[_Text], chosen: set[int]) -> Iterator[int]:
    """Yield what may call a chosen function.

    Tests call everything: that says nothing unless they put something to use themselves.
    """
    names = {one.name for one in texts if one.id in chosen}
    in_tests = {one.name for one in texts if one.id in chosen and one.test}
    for one in texts:
        idle = one.test and one.words.isdisjoint(USING)
        if not one.words.isdisjoint(in_tests if idle else names):
            yield one.id


def _is_telling(path: ir.Path) -> bool:
    return any(tells(part.encode()) for part in path) or _has_phrase("::".join(path).encode())


def _parameters(node: Node) -> bytes:
    parameters = node.child_by_field_name("parameters")
    return (parameters.text or b"") if parameters is not None else b""
