"""Whether the cipher list in effect admits what is broken."""

from __future__ import annotations

from mtlslint.ciphers import admitted
from mtlslint.model import Origin, Setting
from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.scope import Found, Scope
from mtlslint.source import Span


def ciphers(scope: Scope, prefix: str, head: Span, low: Setting) -> Setting:
    """Return whether the list in effect for `<prefix>ssl_ciphers` is sound."""
    found = _commanded(scope, prefix) or scope.find(f"{prefix}ssl_ciphers")
    if low.value == "TLSv1.3":
        return Setting("strong", head, Origin.DEFAULT, note="TLS 1.3 has no weak ciphers")
    if not found.directives:
        note = found.doubt or "nginx's default list"
        return Setting(None if found.doubt else "strong", head, Origin.DEFAULT, note=note)
    each = found.last
    words = each.args[1:] if each.name.endswith("ssl_conf_command") else each.args
    weak = admitted(" ".join(words))
    if weak:
        note = ", ".join(f"{token}: {reason}" for token, reason in weak[:3])
        return Setting("weak", each.span, found.origin, each.via, note)
    value = "strong" if literal(" ".join(words)) and not each.fluid else None
    note = "" if value else "set by a template"
    return Setting(value, each.span, found.origin, each.via, note)


def _commanded(scope: Scope, prefix: str) -> Found | None:
    """Return `ssl_conf_command CipherString`, which is applied last and replaces the list."""
    found = scope.find(f"{prefix}ssl_conf_command")
    lists = tuple(
        each
        for each in found.directives
        if len(each.args) == 2 and each.args[0].lower() == "cipherstring"
    )
    return Found(lists, found.inherited) if lists else None
