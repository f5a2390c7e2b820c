"""Whether a client can write the headers by which an application knows who it is.

nginx passes on what a client sends, unless a `proxy_set_header` of that name is in effect; and one
`proxy_set_header` in a location drops all those of the levels around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtlslint.headers import names_identity
from mtlslint.model import Origin, Setting
from mtlslint.parsers.nginx.scope import Scope
from mtlslint.parsers.nginx.tree import Directive, walk
from mtlslint.parsers.nginx.upstream import Upstreams
from mtlslint.source import Span

_ASKED = re.compile(r"\$\{?ssl_client_(?:s_dn|i_dn|serial|fingerprint|cert|raw_cert|escaped_cert)")
_HEADERS = {"proxy_pass": "proxy_set_header", "grpc_pass": "grpc_set_header"}


def identity_headers(scope: Scope, passed: Directive, known: Upstreams) -> Setting | None:
    """Return whether identity headers of the client's own reach what a pass leads to.

    None where nothing here makes or hands on such a header.
    """
    name = _HEADERS.get(passed.name)
    if name is None:
        return None
    here = scope.find(name)
    off = scope.find("proxy_pass_request_headers").directives
    if here.doubt or any(each.args == ("off",) for each in off) or _rewritten(scope):
        return None
    for each in here.directives:
        if _echoes(each, scope, known):
            return Setting("forwarded", each.span, here.origin, each.via, "the client wrote it")
    made = {each.args[0].lower() for each in here.directives if _makes(each)}
    around = {each.args[0].lower(): each for each in _further_out(scope, name) if _makes(each)}
    lost = [each for header, each in around.items() if header not in made]
    rewritten = {each.args[0].lower() for each in here.directives if len(each.args) > 1}
    lost = [each for each in lost if each.args[0].lower() not in rewritten]
    if lost and here.directives:
        via: tuple[Span, ...] = (here.directives[0].span, lost[0].span)
        note = f"`{name}` here drops the outer `{lost[0].args[0]}`"
        return Setting("forwarded", passed.span, here.origin, via, note)
    if made:
        first = next(each for each in here.directives if _makes(each))
        return Setting("sanitized", first.span, here.origin, first.via)
    return None


_REWRITING = re.compile(r"\w*(?:rewrite|access)_by_lua|js_access|more_(?:clear|set)_input_headers")


def _rewritten(scope: Scope) -> bool:
    """Whether a program may take headers out of requests or put others in."""
    current: Scope | None = scope
    while current is not None:
        if any(_REWRITING.match(each.name) for each in current.directives):
            return True
        current = current.parent
    return False


_PROGRAMS = re.compile(r"\w+_by_lua|js_|auth_request|perl")


def client_identity(server: Scope, auth: Setting) -> Setting:
    """Return whether it is decided here who a client with a certificate is.

    `auth` is the server's client_auth: where nobody asks, any certificate of the CA will do.
    """
    outer = server.parent.directives if server.parent else ()
    for each in (*walk(server.directives), *outer):
        words = " ".join((each.name, *each.args))
        if each.hole or (each.name == "include" and each.block is None):
            return Setting(None, each.span, note="depends on what isn't in the project")
        if _PROGRAMS.match(each.name):
            return Setting(None, each.span, note=f"`{each.name}` may decide")
        if not _ASKED.search(words):
            continue
        if each.name in ("if", "map"):
            return Setting("checked", each.span, via=each.via)
        if each.name.endswith(("_header", "_param", "_pass", "_set")) or each.name == "set":
            return Setting(None, each.span, via=each.via, note="handed on to the application")
    return Setting("unchecked", auth.span, Origin.DEFAULT, auth.via)


def _makes(each: Directive) -> bool:
    """Whether a header says what nginx knows of the certificate."""
    return len(each.args) == 2 and "$ssl_client_" in each.args[1] and not each.fluid


def _echoes(each: Directive, scope: Scope, known: Upstreams) -> bool:
    """Whether an identity header may be filled with what the client sent as one."""
    if len(each.args) != 2:
        return False
    texts = [text.lower() for text in known.texts(each.args[1], scope, 0)]
    sent = [text[len("$http_") :] for text in texts if text.startswith("$http_")]
    if any(_ASKED.match(text) for text in texts):
        # What carries the certificate's name elsewhere is an identity, whatever it's called.
        return any(names_identity(name) or name == _variable(each.args[0]) for name in sent)
    return names_identity(each.args[0]) and any(names_identity(name) for name in sent)


def _variable(header: str) -> str:
    """Return a header's name as `$http_` spells it."""
    return header.lower().replace("-", "_")


def _further_out(scope: Scope, name: str) -> Iterator[Directive]:
    """Yield the directives of levels that the nearest one replaces."""
    current: Scope | None = scope
    found = False
    while current is not None:
        own = current.own(name)
        if found:
            yield from own
        found = found or bool(own)
        current = current.parent
