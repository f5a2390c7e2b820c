"""Directives that were meant to protect and don't: nginx refuses them, or has no use for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from mtlslint.model import Misuse
from mtlslint.parsers.nginx.client_auth import MODES
from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.roots import HTTP
from mtlslint.parsers.nginx.servers import Estate, Server
from mtlslint.parsers.nginx.tree import Directive, walk
from mtlslint.parsers.nginx.upstream import PASSES, Pass, Peer
from mtlslint.parsers.nginx.variables import PLAINTEXT
from mtlslint.parsers.nginx.versions import canonical
from mtlslint.parsers.nginx.ways import Way

# Names that no nginx knows, and what was meant.
_MEANT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("ssl_client_verify", "ssl_verify_clients", "ssl_verify", "ssl_verify_cert"),
                *("ssl_client_verification", "ssl_client_auth", "ssl_verify_client_cert"),
            ),
            "ssl_verify_client",
        ),
        **dict.fromkeys(
            (
                *("ssl_client_ca", "ssl_client_cert", "ssl_client_certificates", "ssl_ca"),
                *("ssl_client_ca_certificate", "ssl_ca_certificate", "ssl_client_ca_file"),
            ),
            "ssl_client_certificate",
        ),
        "ssl_protocol": "ssl_protocols",
        "ssl_cipher": "ssl_ciphers",
        "ssl_cipher_list": "ssl_ciphers",
        "ssl_crl_file": "ssl_crl",
        "proxy_ssl_verify_peer": "proxy_ssl_verify",
        "proxy_ssl_verify_server": "proxy_ssl_verify",
        "proxy_ssl_protocol": "proxy_ssl_protocols",
        "proxy_ssl_client_certificate": "proxy_ssl_certificate",
        "proxy_ssl_client_certificate_key": "proxy_ssl_certificate_key",
        "proxy_ssl_ca_certificate": "proxy_ssl_trusted_certificate",
        "proxy_ssl_trusted_certificates": "proxy_ssl_trusted_certificate",
    }
)
_OF_SERVERS = frozenset(
    {
        *("ssl_verify_client", "ssl_client_certificate", "ssl_trusted_certificate", "ssl_crl"),
        *("ssl_verify_depth", "ssl_protocols", "ssl_ciphers", "ssl_conf_command"),
    }
)
_INSIDE = frozenset({"location", "if", "limit_except"})

_YES = re.compile(r"(?i)(?:yes|true|enabled?|require[ds]?|mandatory|force|1)$")
_NO = re.compile(r"(?i)(?:no|none|false|disabled?|0)$")
_WITHOUT_CA = re.compile(r"(?i)optional[-_]?no[-_]?ca$")
_PROTOCOL = re.compile(r"(?i)[-+!]?(?:tls|ssl)(?:-?v)?[\d._-]+$|all$")


def written(directives: tuple[Directive, ...], kind: str) -> Iterator[Misuse]:
    """Yield what nginx refuses at a level: unknown names, wrong places, wrong values."""
    stack = [(each, kind) for each in directives]
    while stack:
        each, place = stack.pop()
        stack += [(inner, each.name) for inner in each.block or ()]
        if not each.ghost and "ssl_" in each.name:
            advice = _name(each) or _place(each, place) or _value(each)
            if advice:
                yield Misuse(*advice, each.span)


def _name(each: Directive) -> tuple[str, str, str] | None:
    meant = _MEANT.get(each.name)
    if meant is None or each.block is not None:
        return None
    return "refused", f"`{each.name}`", f"nginx knows no such directive; it is `{meant}`"


def _place(each: Directive, place: str) -> tuple[str, str, str] | None:
    if each.name not in _OF_SERVERS or place not in _INSIDE:
        return None
    advice = "it belongs to the server; nginx doesn't start with it here"
    if each.name == "ssl_verify_client":
        advice = (
            "it belongs to the server. To ask only here, write `ssl_verify_client optional;` there "
            "and `if ($ssl_client_verify != SUCCESS) { return 403; }` here"
        )
    return "misplaced", f"`{each.name}` in `{place}`", advice


def _value(each: Directive) -> tuple[str, str, str] | None:
    if each.fluid or not each.args or not literal(" ".join(each.args)):
        return None
    if each.name.endswith("ssl_protocols"):
        wrong = [word for word in each.args if canonical(word) is None and _PROTOCOL.match(word)]
        names = "`TLSv1.2` and `TLSv1.3`"
        return _refused(each, wrong[0], f"the names are {names}") if wrong else None
    word = each.args[0]
    if each.name == "ssl_verify_client" and word.lower() not in MODES:
        if _WITHOUT_CA.match(word):
            return _refused(each, word, "the word is `optional_no_ca`")
        on = "`on` requires a certificate"
        return _refused(each, word, on) if _YES.match(word) or _NO.match(word) else None
    if each.name.endswith("_ssl_verify") and (_YES.match(word) or _NO.match(word)):
        return _refused(each, word, "it is `on` or `off`")
    return None


def _refused(each: Directive, word: str, advice: str) -> tuple[str, str, str]:
    return "refused", f"`{each.name} {word}`", f"nginx doesn't start with it; {advice}"


def idle(server: Server, entrances: list[Way], estate: Estate) -> Iterator[Misuse]:
    """Yield client authentication that is switched on where no socket speaks TLS."""
    found = server.scope.own("ssl_verify_client")
    if not found or found[-1].via or not _certain(server):
        return
    word = found[-1].args[0].lower() if found[-1].args else ""
    if word not in MODES - {"off"} or not _plaintext(entrances, estate):
        return
    if server.kind == HTTP and not server.site.answer(PLAINTEXT).open:
        return
    name = " ".join((found[-1].name, *found[-1].args))
    advice = "no `listen` of this server has `ssl`: whoever connects is served without TLS"
    yield Misuse("ignored", f"`{name}`", advice, found[-1].span)


def _certain(server: Server) -> bool:
    """Whether no template decides what is there."""
    return not (server.directive.when or any(each.when or each.hole for each in walk(server.block)))


def _plaintext(entrances: list[Way], estate: Estate) -> bool:
    """Whether it's certain that all ways in are: neighbours out of sight could make them TLS."""
    return all(
        way.state["transport"].value == "plaintext"
        and (not estate.context.assumed or way.listen.port == 80)
        for way in entrances
        if "transport" in way.state
    )


def unused(passed: Pass, peers: list[Peer]) -> Iterator[Misuse]:
    """Yield what is set for TLS beside a pass that speaks none."""
    prefix = PASSES[passed.directive.name]
    if not prefix or any(peer.tls is not False for peer in peers):
        return
    for name, values in ((f"{prefix}ssl_verify", ("on",)), (f"{prefix}ssl_certificate", None)):
        for each in passed.scope.own(name):
            if each.via or each.when or each.fluid or passed.directive.when:
                continue
            if values is None or each.args[:1] == values:
                target = " ".join((passed.directive.name, *passed.directive.args))
                advice = f"`{target}` speaks no TLS"
                yield Misuse("ignored", f"`{' '.join((each.name, *each.args))}`", advice, each.span)
