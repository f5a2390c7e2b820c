"""Which of a template's arms counts where both say something of one field."""

from __future__ import annotations

from mtlslint.yamltree.node import Mapping, Node, Pair, Scalar

_LAXEST = {
    "require_client_certificate": ("false",),
    "trust_chain_verification": ("accept_untrusted",),
    "tls_minimum_protocol_version": ("tlsv1_0", "tlsv1_1"),
    "forward_client_cert_details": ("always_forward_only",),
    "enable_early_data": ("true",),
}


def laxest(same: list[Pair]) -> Pair | None:
    """Return the pair that is lax in so many words, of pairs with one name; None if none is."""
    first = same[0]
    for lax in _LAXEST.get(first.name, ()):
        for each in same:
            if isinstance(each.value, Scalar) and each.value.text.lower() == lax:
                return each
    if first.name == "validation_context":
        return next((each for each in same if _accepts_any(each.value)), None)
    return None


def _accepts_any(checks: Node) -> bool:
    pairs = checks.pairs if isinstance(checks, Mapping) else ()
    wanted = _LAXEST["trust_chain_verification"]
    values = (each.value for each in pairs if each.name == "trust_chain_verification")
    return any(isinstance(one, Scalar) and one.text.lower() in wanted for one in values)
