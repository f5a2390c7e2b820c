"""What a client without a certificate meets in the end, and whose certificates count."""

from __future__ import annotations

import re

from mtlslint.model import Origin, Setting
from mtlslint.parsers.nginx.content import Answer, has_locations
from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.roots import HTTP
from mtlslint.parsers.nginx.scope import Found, Scope
from mtlslint.parsers.nginx.servers import Estate, Server
from mtlslint.parsers.nginx.tree import Directive, walk
from mtlslint.parsers.nginx.variables import UNTRUSTED, WITHOUT
from mtlslint.source import Span

MODES = frozenset({"on", "off", "optional", "optional_no_ca"})
ASKING = frozenset({"on", "optional"})
"""The modes in which a certificate that is sent has to be good."""

PUBLIC_CAS = frozenset(
    {
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/ssl/certs/ca-bundle.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/pki/tls/cert.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/cert.pem",
        "/etc/ssl/ca-bundle.pem",
        "/usr/share/ssl/certs/ca-bundle.crt",
        "/usr/local/share/certs/ca-root-nss.crt",
        "/usr/local/etc/ssl/cert.pem",
        "/var/lib/ca-certificates/ca-bundle.pem",
    }
)
_CA_DIRECTIVES = ("ssl_client_certificate", "ssl_trusted_certificate")

Settings = dict[str, Setting]


def mode(scope: Scope) -> tuple[str | None, Found, str]:
    """Return `ssl_verify_client` in effect (None: not known), where from, and why not known."""
    found = scope.find("ssl_verify_client")
    if not found.directives:
        return (None if found.doubt else "off"), found, found.doubt
    last = found.last
    word = last.args[0].lower() if last.args else ""
    if word not in MODES or last.fluid:
        return None, found, "set by a template" if not literal(word) else f"unknown mode {word}"
    return word, found, ""


def client_authentication(server: Server, estate: Estate, head: Span, port: int | None) -> Settings:
    """Return client_auth, client_auth_intent, client_chain and client_ca of a TLS way in.

    A server of redirects and constant answers has only a CA: there's nothing to refuse.
    """
    word, found, doubt = mode(server.scope)
    command = _verify_mode(server.scope)
    # Where nobody is asked, `ssl_trusted_certificate` is there for OCSP stapling.
    asks = word != "off" or command is not None
    ca = client_ca(server.scope, head, _CA_DIRECTIVES if asks else _CA_DIRECTIVES[:1])
    at = found.last.span if found.directives else head
    origin = found.origin if found.directives else Origin.DEFAULT
    via = found.last.via if found.directives else ()
    if word is None:
        unknown = Setting(None, at, origin, via=via, note=doubt)
        return {"client_auth": unknown, "client_chain": unknown, "client_ca": ca}
    answer = _answer(server, port)
    if word == "off":
        if command is not None:
            return {**_commanded(command, answer), "client_ca": ca}
        return {**_never_asked(server, estate, found, head, answer), "client_ca": ca}
    verified = Setting("verified", at, origin, via=via)
    asked = Setting("asked", at, origin, via=via)
    settings: Settings = {
        "client_auth_intent": asked,
        "client_chain": verified,
        "client_ca": ca,
    }
    if word == "on":
        settings["client_auth"] = Setting("required", at, origin, via=via)
        return settings
    made = _optional(server, answer, at, origin, via)
    if made is None:
        return {"client_ca": ca}
    settings["client_auth"] = made
    if word == "optional_no_ca":
        settings["client_chain"] = _untrusted(server, port, verified)
    return settings


def refuses_handshakes(scope: Scope) -> bool:
    """Whether nobody comes as far as to be asked for a certificate."""
    found = scope.find("ssl_reject_handshake")
    return bool(found.directives and found.last.args[:1] == ("on",) and not found.last.fluid)


def _answer(server: Server, port: int | None) -> Answer | None:
    """Return what a client without a certificate gets; None where nothing can refuse it."""
    if server.kind != HTTP or not has_locations(server.scope):
        answer = server.site.answer(WITHOUT, port) if server.kind == HTTP else None
        return None if answer is None or (answer.nothing and not answer.guards) else answer
    return server.site.answer(WITHOUT, port)


def _optional(
    server: Server, answer: Answer | None, at: Span, origin: Origin, via: tuple[Span, ...]
) -> Setting | None:
    """Return client_auth under `optional`; None if nothing is served that could be refused."""
    if answer is None:
        return Setting("optional", at, origin, via=via)
    if answer.open:
        note = handed_on(server)
        return Setting("optional", at, origin, via=(*via, answer.open[0].span), note=note)
    if answer.unsure:
        first = answer.unsure[0]
        return Setting(None, at, origin, via=(*via, first.span), note=first.reason)
    if answer.guards:
        guards = tuple(dict.fromkeys(answer.guards))
        return Setting("required", at, origin, via=(*via, *guards))
    return None


def _untrusted(server: Server, port: int | None, verified: Setting) -> Setting:
    """Return what a certificate of no known authority meets under `optional_no_ca`."""
    unverified = Setting("unverified", verified.span, verified.origin, via=verified.via)
    if server.kind != HTTP:
        return unverified
    answer = server.site.answer(UNTRUSTED, port)
    if answer.open or not has_locations(server.scope):
        return unverified
    if answer.unsure:
        first = answer.unsure[0]
        via = (*verified.via, first.span)
        return Setting(None, verified.span, verified.origin, via=via, note=first.reason)
    guards = tuple(dict.fromkeys(answer.guards))
    return Setting("verified", verified.span, verified.origin, via=(*verified.via, *guards))


def _verify_mode(scope: Scope) -> tuple[Directive, str] | None:
    """Return `ssl_conf_command VerifyMode` in effect and what it asks for."""
    for each in reversed(scope.find("ssl_conf_command").directives):
        if len(each.args) == 2 and each.args[0].lower() == "verifymode":
            words = {word.strip().lower() for word in each.args[1].split(",")}
            if words & {"require", "requirepostha"}:
                return each, "required"
            if words & {"peer", "request", "once"}:
                return each, "optional"
    return None


def _commanded(command: tuple[Directive, str], answer: Answer | None) -> Settings:
    """OpenSSL asks for a certificate, and nginx never looks at the verdict."""
    each, value = command
    if answer is not None and answer.nothing:
        return {}
    return {
        "client_auth": Setting(value, each.span, via=each.via),
        "client_auth_intent": Setting("asked", each.span, via=each.via),
        "client_chain": Setting("unverified", each.span, via=each.via),
    }


def _never_asked(
    server: Server, estate: Estate, found: Found, head: Span, answer: Answer | None
) -> Settings:
    """Return the settings of a server that asks no client for a certificate."""
    ca = server.scope.find("ssl_client_certificate")
    if not ca.directives:
        ca = server.scope.find("ssl_crl")
    meant = ca.directives and (not ca.inherited or not _enforced_elsewhere(server, estate))
    if answer is not None and answer.nothing:
        guards = tuple(dict.fromkeys(answer.guards))
        if guards:
            required = Setting("required", guards[0], via=guards[1:], note="refuses everyone")
            return {"client_auth": required, "client_auth_intent": Setting("asked", guards[0])}
        if not _answers(server):
            return {}
    if meant:
        each = ca.last
        return {
            "client_auth": Setting("none", each.span, ca.origin, via=each.via),
            "client_auth_intent": Setting("asked", each.span, ca.origin, via=each.via),
        }
    if found.directives:
        last = found.last
        auth = Setting("none", last.span, found.origin, via=last.via)
    else:
        auth = Setting("none", head, Origin.DEFAULT, note="ssl_verify_client is off by default")
    return {"client_auth": auth, "client_auth_intent": Setting("none", head, Origin.DEFAULT)}


def _answers(server: Server) -> bool:
    """Whether a server that has no content answers at all: a greeting is no redirect or refusal."""
    return any(
        each.name == "return" and each.args[:1] and re.match(r"2\d\d$", each.args[0])
        for each in walk(server.block)
    )


def _enforced_elsewhere(server: Server, estate: Estate) -> bool:
    """Whether a CA from the outer level is used by another server: then it isn't idle there."""
    return bool(estate.enforcing - {server.number})


def client_ca(scope: Scope, head: Span, names: tuple[str, ...] = _CA_DIRECTIVES) -> Setting:
    """Return whose client certificates count; both CA directives do (nginx joins them)."""
    private: Setting | None = None
    for name in names:
        found = scope.find(name)
        if found.doubt and private is None:
            private = Setting(None, head, Origin.DEFAULT, note=found.doubt)
        if not found.directives or not found.last.args:
            continue
        each = found.last
        if each.args[0] in PUBLIC_CAS:
            return Setting("public", each.span, found.origin, via=each.via)
        if private is None:
            value = "private" if literal(each.args[0]) and not each.fluid else None
            note = "" if value else "set by a template"
            private = Setting(value, each.span, found.origin, via=each.via, note=note)
    return private or Setting("none", head, Origin.DEFAULT)


def ca_path(scope: Scope) -> str | None:
    """Return what is trusted, both directives together; None if that isn't known."""
    parts = []
    for name in _CA_DIRECTIVES:
        found = scope.find(name)
        if found.doubt or (found.directives and not literal(" ".join(found.last.args))):
            return None
        parts.append(found.last.args[0] if found.directives and found.last.args else "")
    return "|".join(parts)


_HANDING = ("proxy_set_header", "fastcgi_param", "uwsgi_param", "scgi_param", "grpc_set_header")


def handed_on(server: Server) -> str:
    """Return a note if the verdict on the certificate goes on to the application."""
    stack = [server.block, *([server.scope.parent.directives] if server.scope.parent else [])]
    while stack:
        for each in stack.pop():
            if each.name in _HANDING and any("$ssl_client_verify" in arg for arg in each.args):
                return (
                    f"the verdict is handed on in `{each.args[0]}`: the application must refuse, "
                    "which can't be seen from here"
                )
            if each.block is not None and each.name != "server":
                stack.append(each.block)
    return ""
