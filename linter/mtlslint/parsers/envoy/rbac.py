"""Rules of RBAC filters: whom they let through.

`authenticated: {}` matches every TLS connection, with a certificate or without: only a
`principal_name` that an empty name doesn't satisfy demands one.
"""

from __future__ import annotations

import re

from mtlslint.yamltree.node import Mapping, Node, get, items, null, pair, text, truth, walk

_DEPTH = 12


def refuses_unknown(rules: Node) -> bool:
    """Whether RBAC rules let nobody through who shows no certificate."""
    action = (text(rules, "action") or "ALLOW").upper()
    found = get(rules, "policies")
    policies = [each.value for each in found.pairs] if isinstance(found, Mapping) else []
    if action in ("ALLOW", "0"):
        return all(
            all(_demands(who, _DEPTH) for who in items(policy, "principals")) for policy in policies
        ) and bool(policies)
    if action in ("DENY", "1"):
        return any(
            any(truth(get(what, "any")) for what in items(policy, "permissions"))
            and any(_demands(get(who, "not_id"), _DEPTH) for who in items(policy, "principals"))
            for policy in policies
        )
    return False


def names_anybody(fields: Node | None) -> bool:
    """Whether a filter lets somebody in by name, or may: what refuses one lets in all others."""
    if pair(fields, "matcher"):
        return True
    rules = get(fields, "rules")
    if (text(rules, "action") or "ALLOW").upper() not in ("ALLOW", "0"):
        return False
    found = (each for each in walk(get(rules, "policies")) if each.name == "principal_name")
    return any(names_somebody(each.value) for each in found)


def refuses_everybody(rules: Node | None) -> bool:
    """Whether RBAC rules let nobody through at all."""
    if rules is None:
        return False
    action = (text(rules, "action") or "ALLOW").upper()
    found = get(rules, "policies")
    policies = [each.value for each in found.pairs] if isinstance(found, Mapping) else []
    if action in ("DENY", "1"):
        return any(
            all(
                any(truth(get(one, "any")) for one in items(policy, field))
                for field in ("permissions", "principals")
            )
            and not pair(policy, "condition")
            for policy in policies
        )
    return action in ("ALLOW", "0") and isinstance(rules, Mapping) and not (policies or rules.open)


def _demands(principal: Node | None, depth: int) -> bool:
    """Whether a principal is nobody without a certificate."""
    if principal is None or depth == 0:
        return False
    authenticated = pair(principal, "authenticated")
    if authenticated:
        return names_somebody(get(authenticated.value, "principal_name") or authenticated.value)
    both = get(principal, "and_ids")
    if both is not None:
        return any(_demands(each, depth - 1) for each in items(both, "ids"))
    either = get(principal, "or_ids")
    if either is not None:
        inner = items(either, "ids")
        return bool(inner) and all(_demands(each, depth - 1) for each in inner)
    custom = text(principal, "custom", "typed_config", "@type") or ""
    return "mtls_authenticated" in custom


def names_somebody(matcher: Node) -> bool:
    """Whether a string matcher refuses the empty name."""
    for name in ("exact", "prefix", "suffix", "contains", "name"):
        value = text(matcher, name)
        if value:
            return True
    regex = text(matcher, "safe_regex", "regex") or text(matcher, "regex")
    if regex is None or null(matcher):
        return False
    try:
        return re.fullmatch(regex, "") is None
    except (re.error, RecursionError, OverflowError):
        return True
