"""Fields of TLS messages that Envoy doesn't know, or not there, and values that it refuses.

Envoy refuses to start with them. What its API knows is data (`fields.txt`); a field that is
unknown there and resembles none may be one of a later version and is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mtlslint.model import Misuse
from mtlslint.parsers.envoy.discover import CLUSTER, LISTENER, SECRET, Resource
from mtlslint.parsers.envoy.fields import Api, Field, apis, resembling
from mtlslint.parsers.envoy.messages import message
from mtlslint.targets import Version
from mtlslint.yamltree.node import (
    Mapping,
    Node,
    Pair,
    Scalar,
    get,
    items,
    literal,
    null,
    pair,
    truth,
    walk,
)
from mtlslint.yamltree.spans import head_span, pair_span

_AROUND = frozenset({"Listener", "FilterChain", "TransportSocket", "Cluster"})
_ROOTS = ("DownstreamTlsContext", "UpstreamTlsContext")
# What stands in no other message than those of TLS, and protects.
_TLS = frozenset(
    {
        *("require_client_certificate", "common_tls_context", "tls_params", "tls_certificates"),
        *("validation_context", "combined_validation_context", "default_validation_context"),
        *("validation_context_sds_secret_config", "tls_certificate_sds_secret_configs"),
        *("trusted_ca", "match_typed_subject_alt_names", "match_subject_alt_names"),
        *("verify_subject_alt_name", "verify_certificate_hash", "verify_certificate_spki"),
        *("trust_chain_verification", "allow_expired_certificate", "only_verify_leaf_cert_crl"),
        *("crl", "max_verify_depth", "tls_minimum_protocol_version", "cipher_suites"),
        *("tls_maximum_protocol_version", "auto_sni_san_validation"),
    }
)
# Not by protobuf's rules, but Envoy takes only one of them (default_validator.cc).
_ONE_OF = dict.fromkeys(("match_typed_subject_alt_names", "match_subject_alt_names"), "names")
_IDENTITY = ("forward_client_cert_details", "set_current_client_cert_details")
_NOW = {
    "verify_subject_alt_name": "write `match_typed_subject_alt_names`; this is the v2 API's",
    "tls_context": "write a `transport_socket` with its type; this is the v2 API's",
}
_V2_REMOVED: Version = (1, 18)
_V3 = re.compile(r"\.v3(?:alpha)?\.")


class Wrong(NamedTuple):
    """A misuse, and the first version of Envoy that takes it for one."""

    misuse: Misuse
    since: Version = ()


def misuses(within: Iterable[Mapping], found: Iterable[Resource], path: str) -> Iterator[Wrong]:
    """Yield what is wrong with the TLS messages among these mappings and what they stand in."""
    for each in within:
        if any(one.name == "@type" for one in each.pairs):
            yield from _typed(each, path)
    for resource in found:
        reader = _Reader(path, apis()["v3"], "")
        if resource.kind == LISTENER:
            yield from reader.around(resource.node, "Listener")
            chains = items(resource.node, "filter_chains")
            for chain in (*chains, *items(resource.node, "default_filter_chain")):
                yield from reader.around(chain, "FilterChain")
                for one in items(chain, "filters"):
                    yield from reader.around(one, "Filter")
                yield from _legacy(chain, resource, "DownstreamTlsContext")
        elif resource.kind == CLUSTER:
            yield from reader.around(resource.node, "Cluster")
            yield from _legacy(resource.node, resource, "UpstreamTlsContext")
        elif resource.kind == SECRET and not pair(resource.node, "@type"):
            yield from _Reader(path, _either(), "Secret").of(resource.node, "Secret")


def _typed(node: Mapping, path: str) -> Iterator[Wrong]:
    found = message(node)
    version = "v2" if ".v2." in found.type else "v3"
    kinds = apis()[version].messages
    if found.head and ".transport_sockets.tls." in found.type and found.kind not in kinds:
        meant = resembling(found.kind, _ROOTS)
        span = pair_span(found.head, path)
        yield from [Wrong(Misuse("refused", found.kind, f"write `{meant}`", span))] if meant else []
    if "envoy." not in found.type or found.kind not in kinds or found.kind in _AROUND:
        return
    reader = _Reader(path, apis()[version], found.kind)
    if found.kind == "HttpConnectionManager":
        yield from reader.identity(found.fields)
    else:
        yield from reader.of(found.fields, found.kind)


def _either() -> Api:
    """Return what either version of the API knows, for what doesn't say which it is written for."""
    new, old = apis()["v3"], apis()["v2"]
    fields = {name: {**old.messages.get(name, {}), **new.messages[name]} for name in new.messages}
    return Api(fields, new.enums)


def _legacy(owner: Node, resource: Resource, kind: str) -> Iterator[Wrong]:
    """Yield what is wrong with a v2 `tls_context`, that it is one if v3 stands around it too."""
    found = pair(owner, "tls_context")
    if not found:
        return
    yield from _Reader(resource.path, _either(), kind).of(found.value, kind)
    if any(each.name == "@type" and _V3.search(_text(each)) for each in walk(resource.node)):
        span = pair_span(found, resource.path)
        advice = _NOW["tls_context"]
        yield Wrong(Misuse("refused", found.key.text, advice, span), _V2_REMOVED)


def _text(found: Pair) -> str:
    return found.value.text if isinstance(found.value, Scalar) else ""


class _Reader:
    """Holds messages of one file against one version of the API; `root` is the outermost."""

    def __init__(self, path: str, api: Api, root: str) -> None:
        self.path = path
        self.api = api
        self.root = root

    def of(self, node: Node | None, kind: str) -> Iterator[Wrong]:
        """Yield what is wrong with a message and those in it."""
        fields = self.api.messages[kind]
        for each in items(node):
            if not isinstance(each, Mapping):
                continue
            groups: dict[str, Pair] = {}
            for one in each.pairs:
                field = fields.get(one.name)
                if field is None:
                    yield from self._unknown(one, kind)
                    continue
                yield from self._value(one, field)
                group = field.group or _ONE_OF.get(one.name, "")
                if group and items(one.value) and not each.open and literal(_text(one)):
                    first = groups.setdefault(group, one)
                    if first.name != one.name:
                        advice = f"`{first.key.text}` is set as well, and only one of them may be"
                        yield self._wrong("refused", one, advice)

    def around(self, node: Node | None, kind: str) -> Iterator[Wrong]:
        """Yield the fields of TLS that stand in a message around it, and in its socket."""
        known = self.api.messages.get(kind, {})
        for one in node.pairs if isinstance(node, Mapping) else ():
            if one.name in _TLS and one.name not in known:
                yield self._wrong("misplaced", one, self._belongs(one.name))
            elif one.name == "transport_socket" and one.name not in known:
                yield self._wrong("misplaced", one, "it belongs into an entry of `filter_chains`")
            elif one.name == "transport_socket":
                yield from self.around(one.value, "TransportSocket")
                yield from self._of_the_other_side(one.value, kind)
            elif one.name == "transport_socket_matches":
                for each in items(one.value):
                    yield from self.around(each, "Cluster")

    def _of_the_other_side(self, socket: Node, kind: str) -> Iterator[Wrong]:
        """Yield a TLS context of the side that a chain or a cluster is not."""
        found = message(get(socket, "typed_config"))
        wanted = "UpstreamTlsContext" if kind == "Cluster" else "DownstreamTlsContext"
        if found.head and found.kind in _ROOTS and found.kind != wanted:
            span = pair_span(found.head, self.path)
            yield Wrong(Misuse("misplaced", found.kind, f"write a `{wanted}` here", span))

    def identity(self, node: Node | None) -> Iterator[Wrong]:
        """Yield what an HTTP connection manager has for `forward_client_cert_details`."""
        known = self.api.messages["HttpConnectionManager"]
        for one in node.pairs if isinstance(node, Mapping) else ():
            if one.name in known or null(one.value):
                continue
            meant = resembling(one.name, _IDENTITY)
            if meant:
                yield self._wrong("refused", one, f"write `{meant}`")
            elif one.name in _TLS:
                yield self._wrong("misplaced", one, self._belongs(one.name))

    def _unknown(self, one: Pair, kind: str) -> Iterator[Wrong]:
        if not literal(one.key.text) or one.key.text.startswith(("@", "<<")):
            return
        meant = resembling(one.name, self.api.messages[kind])
        newer = self.api is apis()["v2"] and one.name in apis()["v3"].messages[kind]
        if one.name in _NOW:
            yield self._wrong("refused", one, _NOW[one.name])
        elif newer:
            yield self._wrong("refused", one, "the v2 API doesn't know it; the v3 API does")
        elif meant:
            yield self._wrong("refused", one, f"write `{meant}`")
        elif advice := self._belongs(one.name, kind):
            yield self._wrong("misplaced", one, advice)

    def _belongs(self, name: str, kind: str = "") -> str:
        """Return where a field belongs, "" if nowhere."""
        for root in (kind, self.root, *_ROOTS):
            path = self.api.path_to(name, root)
            if path == "" and root != kind:
                beside = "" if name == "common_tls_context" else ", beside `common_tls_context`"
                return f"it belongs into the `{root}`{beside}"
            if path:
                return f"it belongs into `{path}`"
        return ""

    def _value(self, one: Pair, field: Field) -> Iterator[Wrong]:
        value = one.value
        if field.kind in self.api.messages:
            for each in items(value):
                if isinstance(each, Scalar) and literal(each.text):
                    yield self._refused(one, each, _instead(field.kind))
            yield from self.of(value, field.kind)
        elif field.kind in self.api.enums:
            for each in items(value):
                if isinstance(each, Scalar) and (advice := self._enumerated(each, field.kind)):
                    yield self._refused(one, each, advice)
        elif field.kind == "bool" and isinstance(value, Scalar) and _no_truth(value):
            yield self._refused(one, value, "write `true` or `false`")

    def _enumerated(self, value: Scalar, kind: str) -> str:
        """Return what to write instead of an enumeration's value, "" if it is right."""
        names = self.api.enums[kind]
        word = value.text
        if not literal(word) or word.lstrip("-").isdecimal():
            return ""
        if word.lower() in (name.lower() for name in names):
            return ""
        meant = [name for name in names if _letters(name) == _letters(word)]
        return f"write `{meant[0]}`" if meant else f"it is one of {', '.join(names)}"

    def _refused(self, one: Pair, value: Scalar, advice: str) -> Wrong:
        if value is one.value:
            span = pair_span(one, self.path)
        else:
            span = head_span(value, self.path)
        return Wrong(Misuse("refused", one.key.text, advice, span))

    def _wrong(self, kind: str, one: Pair, advice: str) -> Wrong:
        return Wrong(Misuse(kind, one.key.text, advice, pair_span(one, self.path)))


def _no_truth(value: Scalar) -> bool:
    return literal(value.text) and not null(value) and truth(value) is None


def _letters(word: str) -> str:
    return re.sub(r"[\W_]", "", word).lower()


def _instead(kind: str) -> str:
    """Return what to write where text stands for a message."""
    if kind == "DataSource":
        return "write `{filename: ...}`, or `{inline_string: ...}` if that is the content"
    if kind == "SubjectAltNameMatcher":
        return "write `{san_type: ..., matcher: {exact: ...}}`"
    return "write `{exact: ...}`" if kind == "StringMatcher" else "it holds fields, not text"
