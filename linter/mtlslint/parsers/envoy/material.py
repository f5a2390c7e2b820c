"""Certificates, keys and revocation lists that configuration names, or that are written in it."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator

from mtlslint.model import Named, Role
from mtlslint.source import Span
from mtlslint.yamltree.node import Mapping, Node, Pair, Scalar, get, literal, pair, text

# Envoy always trusts with PARTIAL_CHAIN: whatever stands in the file is an anchor.
_ROLES = {
    "private_key": Role.KEY,
    "pkcs12": Role.KEY,
    "certificate_chain": Role.CERTIFICATE,
    "cert_chain": Role.CERTIFICATE,  # google_grpc
    "trusted_ca": Role.ANCHOR,
    "root_certs": Role.ANCHOR,
    "crl": Role.CRL,
}
_INLINE = ("inline_string", "inline_bytes")
_BEGINS = re.compile(r"\s*(?:-----BEGIN |Bag Attributes)")


def named(within: Iterable[Mapping], path: str) -> Iterator[Named]:
    """Yield what the data sources in these mappings hold or name."""
    for holder in within:
        for field in holder.pairs:
            role = _ROLES.get(field.name)
            if role is not None and isinstance(field.value, Mapping):
                opened = role is Role.KEY and _password_beside(holder)
                opened = opened or (field.name == "pkcs12" and not pair(holder, "password"))
                for source in field.value.pairs:
                    yield from _named(field, source, role, path, opened)


def _named(field: Pair, source: Pair, role: Role, path: str, opened: bool) -> Iterator[Named]:
    value = source.value
    if not isinstance(value, Scalar) or not value.text or not literal(value.text):
        return
    span = Span(path, source.key.start, source.key.end)
    if source.name == "filename":
        # The images' programs run in the root folder.
        yield Named(value.text, role, span, home="/", unlocked=opened)
    elif source.name in _INLINE:
        data = value.text.encode()
        data = data if source.name == "inline_string" else _decoded(data)
        if data:
            note = "written in place"
            yield Named(field.key.text, role, span, text=data, unlocked=opened, note=note)


def _password_beside(holder: Mapping) -> bool:
    """Whether the password of a certificate's key is written beside it."""
    value = get(holder, "password")
    return any(literal(word) for word in (text(value, one) for one in _INLINE) if word is not None)


def manifest_keys(document: Node, path: str) -> Iterator[Named]:
    """Yield the private keys that a ConfigMap holds."""
    if text(document, "kind") != "ConfigMap":
        return
    for field in ("data", "binary_data"):
        data = get(document, field)
        for each in data.pairs if isinstance(data, Mapping) else ():
            held = each.value.text if isinstance(each.value, Scalar) else ""
            if field == "binary_data" or _BEGINS.match(held):
                span = Span(path, each.key.start, each.key.end)
                content = held.encode() if field == "data" else _decoded(held.encode())
                if content:
                    note = "kept in a ConfigMap"
                    yield Named(each.key.text, Role.KEY, span, text=content, note=note)


def _decoded(value: bytes) -> bytes:
    try:
        return b64decode(b"".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
