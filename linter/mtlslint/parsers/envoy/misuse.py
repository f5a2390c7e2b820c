"""Fields of a TLS context that stand in the wrong message: Envoy refuses to start with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from mtlslint.model import Misuse
from mtlslint.parsers.envoy.node import Mapping as Fields
from mtlslint.parsers.envoy.node import Node, Pair, get, message, walk
from mtlslint.parsers.envoy.spans import pair_span

_CHECKS = (
    *("trusted_ca", "match_typed_subject_alt_names", "match_subject_alt_names", "crl"),
    *("verify_certificate_hash", "verify_certificate_spki", "trust_chain_verification"),
)
_PARAMETERS = ("tls_minimum_protocol_version", "tls_maximum_protocol_version", "cipher_suites")
_COMMON = (
    *("validation_context", "combined_validation_context", "tls_certificates", "tls_params"),
    *("validation_context_sds_secret_config", "tls_certificate_sds_secret_configs"),
)
_BESIDE = "it belongs beside `common_tls_context`, in the `DownstreamTlsContext`"

_IN_CONTEXT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(_COMMON, "it belongs into `common_tls_context`"),
        **dict.fromkeys(_CHECKS, "it belongs into `common_tls_context.validation_context`"),
        **dict.fromkeys(_PARAMETERS, "it belongs into `common_tls_context.tls_params`"),
    }
)
_IN_COMMON: Mapping[str, str] = MappingProxyType(
    {
        "require_client_certificate": _BESIDE,
        **dict.fromkeys(_CHECKS, "it belongs into `validation_context`"),
        **dict.fromkeys(_PARAMETERS, "it belongs into `tls_params`"),
    }
)
_IN_VALIDATION: Mapping[str, str] = MappingProxyType(
    {
        "require_client_certificate": _BESIDE,
        "verify_subject_alt_name": "write `match_typed_subject_alt_names`; this is the v2 API's",
    }
)


def misuses(document: Node, path: str) -> Iterator[Misuse]:
    """Yield the fields of v3 TLS contexts that Envoy knows only elsewhere."""
    if isinstance(document, Fields):
        yield from _context(document, path)
    for each in walk(document):
        if isinstance(each.value, Fields):
            yield from _context(each.value, path)


def _context(node: Fields, path: str) -> Iterator[Misuse]:
    found = message(node)
    if found.kind not in ("DownstreamTlsContext", "UpstreamTlsContext") or ".v2." in found.type:
        return
    yield from _wrong(found.fields, _IN_CONTEXT, path)
    common = get(found.fields, "common_tls_context")
    yield from _wrong(common, _IN_COMMON, path)
    combined = get(common, "combined_validation_context", "default_validation_context")
    for checks in (get(common, "validation_context"), combined):
        yield from _wrong(checks, _IN_VALIDATION, path)


def _wrong(node: Node | None, places: Mapping[str, str], path: str) -> Iterator[Misuse]:
    for each in node.pairs if isinstance(node, Fields) else ():
        if each.name in places:
            yield _misplaced(each, places[each.name], path)


def _misplaced(found: Pair, advice: str, path: str) -> Misuse:
    kind = "refused" if "v2" in advice else "misplaced"
    return Misuse(kind, found.key.text, advice, pair_span(found, path))
