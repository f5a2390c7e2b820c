"""What a server hands out to one kind of client.

Content is what stands behind a `*_pass`, a script, or a folder of files. A redirect, a refusal, a
constant answer, an error page, an ACME challenge are none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mtlslint.parsers.nginx.location import Location
from mtlslint.parsers.nginx.rewrite import Path
from mtlslint.parsers.nginx.scope import SETTINGS_ONLY, Scope
from mtlslint.parsers.nginx.sockets import is_loopback
from mtlslint.parsers.nginx.tree import Directive
from mtlslint.parsers.nginx.variables import Text, Variables
from mtlslint.source import Span


class Served(NamedTuple):
    """Content under a location: `key` is where and from what, `span` where it is configured."""

    key: str
    span: Span


class Doubtful(NamedTuple):
    """Content of which it isn't known whether the client gets it: why, and what decides."""

    served: Served
    reason: str
    span: Span


class Answer:
    """What one kind of client gets: content for sure, content perhaps (and why not surely).

    `guards` are the conditions that turned it away for want of a certificate.
    """

    def __init__(self) -> None:
        self.open: list[Served] = []
        self.unsure: list[Doubtful] = []
        self.guards: list[Span] = []

    @property
    def nothing(self) -> bool:
        """Whether no content can be had."""
        return not self.open and not self.unsure


# Programs that may look at the certificate; their verdict can't be seen from here.
_JUDGES = re.compile(
    r"(?:server_rewrite|rewrite|access)_by_lua|js_access$|auth_request$|auth_jwt(?:_require)?$"
    r"|vouch|opa_|modsecurity$|auth_require$|perl$|js_content$|js_header_filter$"
)
_CONSTANT = frozenset({"stub_status", "empty_gif", "deny_all"})
_PUBLIC = re.compile(
    r"\^?/?(?:\\?\.well-known/(?:acme-challenge|pki-validation)"
    r"|(?:favicon\\?\.ico|robots\\?\.txt)\$?$)"
)


def serve(place: Location, way: Path, variables: Variables, answer: Answer) -> None:
    """Add what the location hands out to the answer."""
    served = _content(place, way, variables)
    if served is None:
        return
    reason = _judge(place)
    if way.unsure is not None:
        reason = ("a condition about the certificate can't be judged", way.unsure)
    if reason is not None:
        answer.unsure.append(Doubtful(served, *reason))
    else:
        answer.open.append(served)


def _content(place: Location, way: Path, variables: Variables) -> Served | None:
    if _PUBLIC.match(place.pattern):
        return None
    where = f"{place.modifier}{place.pattern}"
    handlers = [way.handler] if way.handler else [*place.block]
    for each in handlers:
        if each.ghost:
            continue
        if each.name.endswith("_pass") and each.args:
            return Served(f"{where}|{each.name} {_target(each.args[0], variables, way)}", each.span)
        if each.name.startswith("content_by_lua") or each.name in ("js_content", "perl"):
            return Served(f"{where}|{each.name} {' '.join(each.args)}", each.span)
        if each.name in _CONSTANT:
            return None
    return _files(place, where)


def _target(text: str, variables: Variables, way: Path) -> str:
    """Return a pass's target; by what its variables say, where that is known."""
    value: Text = variables.expand(text, way.variables())
    return text if value.text is None else value.text


def _files(place: Location, where: str) -> Served | None:
    fallback = _fallback(place)
    if place.directive is not None and fallback:
        return Served(f"{where}|files, else {fallback}", place.directive.span)
    for name in ("alias", "root"):
        found = place.scope.find(name)
        if found.directives and found.last.args and not (name == "alias" and found.inherited):
            span = place.directive.span if place.directive else found.last.span
            return Served(f"{where}|{name} {found.last.args[0]}", span)
    if place.directive is not None and place.scope.own("try_files"):
        return Served(f"{where}|files", place.directive.span)
    return None


def _fallback(place: Location) -> str:
    """Return what the named location hands out to which `try_files` leads in the end."""
    tried = place.scope.own("try_files")
    name = tried[-1].args[-1] if tried and tried[-1].args else ""
    server = place.scope
    while server.parent is not None and server.parent.parent is not None:
        server = server.parent
    for each in server.own("location") if name.startswith("@") else ():
        if each.args == (name,):
            return " ".join(
                f"{one.name} {' '.join(one.args)}"
                for one in each.block or ()
                if one.name.endswith("_pass")
            )
    return ""


def has_locations(server: Scope) -> bool:
    """Whether a server says anything about what it serves; else nginx hands out its own folder."""
    return any(each.name in ("location", "return", "rewrite") for each in server.directives)


def denies_all(scope: Scope) -> bool:
    """Whether nobody from another host is let in here, whatever they bring."""
    satisfy = scope.find("satisfy")
    if satisfy.directives and satisfy.last.args == ("any",) and _asks_for_a_password(scope):
        return False
    current: Scope | None = scope
    while current is not None:
        rules = [each for each in current.directives if each.name in ("allow", "deny")]
        for each in rules:
            if each.ghost or not each.args:
                continue
            if each.args == ("all",):
                return each.name == "deny"
            if each.name == "allow" and not is_loopback(each.args[0]):
                return False
        if rules:
            return False
        current = current.parent
    return False


def _asks_for_a_password(scope: Scope) -> bool:
    """Whether something else than the address may let a client in where any of them is enough."""
    for name in ("auth_basic", "auth_request", "auth_jwt", "access_by_lua_block", "js_access"):
        found = scope.find(name)
        if found.doubt or (found.directives and found.last.args[:1] != ("off",)):
            return True
    return False


def _judge(place: Location) -> tuple[str, Span] | None:
    """Return the program in effect that may refuse a client without a certificate."""
    current: Scope | None = place.scope
    off: set[str] = set()
    while current is not None:
        for each in current.directives:
            if each.ghost:
                continue
            # Outside of servers neither includes nor templates can hold a guard.
            if current.parent is not None and _may_refuse(each):
                missing = f"`{' '.join(each.args)}` isn't in the project"
                return "depends on the template" if each.hole else missing, each.span
            if _JUDGES.match(each.name) and each.name not in off:
                if each.args[:1] == ("off",):
                    off.add(each.name)
                    continue
                return f"`{each.name}` decides", each.span
            if each.name.startswith("content_by_lua") and _may_judge(each):
                return f"`{each.name}` may look at the certificate", each.span
        current = current.parent
    return None


def _may_refuse(each: Directive) -> bool:
    """Whether a missing include or a template's tag may hold a guard."""
    if each.hole:
        return SETTINGS_ONLY.search(f"{each.name} {' '.join(each.args)}") is None
    missing = each.name == "include" and each.block is None
    return missing and SETTINGS_ONLY.search(" ".join(each.args)) is None


def _may_judge(lua: Directive) -> bool:
    if not lua.name.endswith("_block"):
        return True
    return any("ssl_client" in arg or "require" in arg for arg in lua.args)
