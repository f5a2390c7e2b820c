"""Validation contexts: inline, by secret, combined; what of a certificate they check.

Envoy merges a combined context before it looks at it (`MergeFrom`): the secret's single values
win, lists are put together, booleans are or-ed.
"""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.parsers.envoy.discover import SECRET, Resource
from mtlslint.parsers.envoy.index import Index, file_of
from mtlslint.parsers.envoy.messages import message
from mtlslint.source import Span
from mtlslint.yamltree.node import (
    Mapping,
    Node,
    Pair,
    Scalar,
    get,
    is_open,
    items,
    literal,
    pair,
    text,
    truth,
)
from mtlslint.yamltree.spans import Site, pair_span

_SANS = (
    "match_typed_subject_alt_names",
    "match_subject_alt_names",
    "verify_subject_alt_name",
)
_ANY = (".*", ".+", "^.*$", "^.+$")
_PINS = ("verify_certificate_hash", "verify_certificate_spki")
_PUBLIC = frozenset(
    {
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/ssl/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
        "/etc/ssl/certs",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/pki/tls/certs/ca-bundle.trust.crt",
        "/etc/pki/tls/cert.pem",
        "/etc/pki/tls/cacert.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/usr/share/ca-certificates/ca-bundle.crt",
        "/usr/local/share/certs/ca-root-nss.crt",
        "/usr/local/etc/openssl/cert.pem",
        "/usr/local/etc/ssl/cert.pem",
        "/var/lib/ca-certificates/ca-bundle.pem",
    }
)


class Anchors(NamedTuple):
    """A trusted CA: `value` as the model's `client_ca`, the line that names it, and its key's."""

    value: str | None
    span: Span
    key: Span
    note: str = ""


class Validation(NamedTuple):
    """What is checked of the peer's certificate.

    `sans` are matchers, which demand a certificate; `names` are they unless every name fits.
    `note` is why part of it isn't in sight; then what is None here may well be there. `at` is the
    line that refers to what isn't in sight.
    """

    present: bool = False
    anchors: Anchors | None = None
    sans: Span | None = None
    names: Span | None = None
    pins: Span | None = None
    untrusted: Span | None = None
    custom: str = ""
    custom_span: Span | None = None
    crl: Span | None = None
    expired: Span | None = None
    depth: Site | None = None
    via: tuple[Span, ...] = ()
    note: str = ""
    at: Span | None = None

    @property
    def spiffe(self) -> bool:
        """Whether the SPIFFE validator does the checking."""
        return self.custom.endswith("SPIFFECertValidatorConfig") or self.custom == "spiffe"

    @property
    def gist(self) -> tuple[object, ...]:
        """What counts, wherever it is written."""
        spans = (self.sans, self.names, self.pins, self.untrusted, self.crl, self.expired)
        depth = self.depth.pair.value if self.depth else None
        anchors = self.anchors.value if self.anchors else "none"
        written = depth.text if isinstance(depth, Scalar) else ""
        return (anchors, *map(bool, spans), self.custom, written, self.note)

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden."""
        return not self.note

    @property
    def refused(self) -> bool:
        """Whether something is set that Envoy refuses without a trusted CA, and there's none."""
        vain = self.sans or self.crl or self.expired
        return bool(vain) and not (self.anchors or self.custom) and self.sees_all


def validation_of(context: Node | None, asker: Resource, index: Index) -> Validation:
    """Return what the `common_tls_context` of a TLS context checks."""
    common = get(context, "common_tls_context")
    parts: list[Validation] = []
    if is_open(context) or is_open(common):
        parts.append(_hidden("a template decides", None))
    inline = pair(common, "validation_context")
    if inline:
        parts.append(_own(inline.value, asker.path))
    combined = get(common, "combined_validation_context")
    for holder in (common, combined):
        default = pair(combined, "default_validation_context") if holder is combined else None
        if default and holder is not None:
            parts.append(_own(default.value, asker.path))
        secret = pair(holder, "validation_context_sds_secret_config")
        if secret:
            parts.append(_secret(secret, asker, index))
        for name in (
            "validation_context_certificate_provider_instance",
            "validation_context_certificate_provider",
        ):
            provider = pair(holder, name)
            if provider:
                parts.append(_hidden("a certificate provider", pair_span(provider, asker.path)))
    return _merged(parts)


def _hidden(note: str, at: Span | None) -> Validation:
    return Validation(present=True, note=note, at=at)


def _merged(parts: list[Validation]) -> Validation:
    """Later parts win, and what they leave open earlier ones decide."""
    whole = Validation()
    for part in parts:
        whole = Validation(
            present=True,
            anchors=part.anchors or whole.anchors,
            sans=part.sans or whole.sans,
            names=_narrower(whole, part),
            pins=part.pins or whole.pins,
            untrusted=part.untrusted or whole.untrusted,
            custom=part.custom or whole.custom,
            custom_span=part.custom_span or whole.custom_span,
            crl=part.crl or whole.crl,
            expired=part.expired or whole.expired,
            depth=part.depth or whole.depth,
            via=(*whole.via, *part.via),
            note=whole.note or part.note,
            at=whole.at or part.at,
        )
    return whole


def _own(node: Node, path: str) -> Validation:
    """Read a `CertificateValidationContext`."""
    if not isinstance(node, Mapping):
        return _hidden("set by a template", None)
    custom = pair(get(node, "custom_validator_config"), "typed_config")
    kind = message(custom.value).kind if custom else text(node, "custom_validator_config", "name")
    trust = pair(node, "trust_chain_verification")
    note = "a template decides" if node.open else ""
    untrusted = None
    if trust and isinstance(trust.value, Scalar):
        word = trust.value.text.upper()
        if word in ("ACCEPT_UNTRUSTED", "1"):
            untrusted = pair_span(trust, path)
        elif word not in ("VERIFY_TRUST_CHAIN", "0"):
            note = note or "trust_chain_verification is set by a template"
    depth = pair(node, "max_verify_depth")
    sans, vague = _first_list(node, _SANS, path)
    pins, vague_too = _first_list(node, _PINS, path)
    crl = pair(node, "crl")
    expired = pair(node, "allow_expired_certificate")
    config = pair(node, "custom_validator_config")
    return Validation(
        present=True,
        anchors=_anchors(pair(node, "trusted_ca"), path),
        sans=sans,
        names=None if sans and _any_name(node) else sans,
        pins=pins,
        untrusted=untrusted,
        custom=(kind or "unknown") if config else "",
        custom_span=pair_span(config, path) if config else None,
        crl=pair_span(crl, path) if crl else None,
        expired=pair_span(expired, path) if expired and truth(expired.value) else None,
        depth=Site(depth, path) if depth else None,
        note=note or ("a template decides" if vague or vague_too else ""),
    )


def _narrower(one: Validation, other: Validation) -> Span | None:
    """Return what is matched in the end: lists are put together, and any entry suffices."""
    if any(each.sans and not each.names for each in (one, other)):
        return None
    return other.names or one.names


def _any_name(node: Mapping) -> bool:
    """Whether an entry lets every name pass."""
    for name in _SANS:
        for each in items(node, name):
            matcher = get(each, "matcher") or each
            regex = text(matcher, "safe_regex", "regex") or text(matcher, "regex")
            empty = (pair(matcher, one) for one in ("prefix", "suffix", "contains"))
            if regex in _ANY or any(one and _empty(one.value) for one in empty):
                return True
    return False


def _empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text


def _first_list(node: Mapping, names: tuple[str, ...], path: str) -> tuple[Span | None, bool]:
    """Return the first list with something in it, and whether a template may fill one."""
    vague = False
    for name in names:
        found = pair(node, name)
        if not found:
            continue
        if items(found.value):
            return pair_span(found, path), False
        vague = vague or is_open(found.value)
    return None, vague


def _anchors(found: Pair | None, path: str) -> Anchors | None:
    """Return what a `trusted_ca` names; an empty data source is none."""
    if not found:
        return None
    key = pair_span(found, path)
    for each in found.value.pairs if isinstance(found.value, Mapping) else ():
        if not isinstance(each.value, Scalar):
            continue
        value = each.value
        span = pair_span(each, path)
        if each.name == "filename" and value.text:
            if not literal(value.text):
                return Anchors(None, span, key, "the CA's file is set by a template")
            public = value.text in _PUBLIC or value.text.endswith("certifi/cacert.pem")
            return Anchors("public" if public else "private", span, key)
        if each.name in ("inline_string", "inline_bytes") and value.text:
            return Anchors("private", span, key)
        if each.name == "inline_bytes":
            return Anchors(None, span, key, "what the CA holds is left out, as in a dump")
        if each.name == "environment_variable":
            return Anchors(None, span, key, "the CA comes from the environment")
    if isinstance(found.value, Scalar) or is_open(found.value):
        return Anchors(None, key, key, "the CA is set by a template")
    return None


def _secret(reference: Pair, asker: Resource, index: Index) -> Validation:
    """Read the validation context that a secret brings."""
    config = reference.value
    name_pair = pair(config, "name")
    span = pair_span(name_pair or reference, asker.path)
    name = text(config, "name")
    if not name or not literal(name):
        return _hidden("the validation context's secret is named by a template", span)
    found = index.candidates(SECRET, name, asker, file_of(get(config, "sds_config")))
    read = [_held(each, name) for each in found]
    if not read:
        return _hidden(f"the secret '{name}' is not in sight", span)
    if any(each.gist != read[0].gist for each in read):
        return _hidden(f"the secret '{name}' stands in several places that differ", span)
    return read[0]._replace(via=(span,), at=span if read[0].note else None)


def _held(secret: Resource, name: str) -> Validation:
    inner = pair(secret.node, "validation_context")
    if not inner:
        return _hidden(f"the secret '{name}' holds no validation context", None)
    return _own(inner.value, secret.path)
