"""What a server hands out to one kind of client.

Content is what stands behind a `*_pass`, a script, or a folder of files. A redirect, a refusal, a
constant answer, an error page, an ACME challenge are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mtlslint.parsers.nginx import rewrite
from mtlslint.parsers.nginx.location import Location, choose, locations, named
from mtlslint.parsers.nginx.rewrite import ANSWER, JUMP, PASS, Path
from mtlslint.parsers.nginx.scope import Scope
from mtlslint.parsers.nginx.tree import Directive
from mtlslint.parsers.nginx.variables import Scenario, Text, Variables
from mtlslint.source import Span


@dataclass(frozen=True, slots=True)
class Served:
    """Content under a location: `key` is where and from what, `span` where it is configured."""

    key: str
    span: Span


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Content of which it isn't known whether the client gets it: why, and what decides."""

    served: Served
    reason: str
    span: Span


@dataclass(slots=True)
class Answer:
    """What one kind of client gets: content for sure, content perhaps (and why not surely).

    `guards` are the conditions that turned it away for want of a certificate.
    """

    open: list[Served] = field(default_factory=list)
    unsure: list[Doubtful] = field(default_factory=list)
    guards: list[Span] = field(default_factory=list)

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


@dataclass(frozen=True, slots=True)
class Site:
    """A server's content; the rest are the variables it can use."""

    scope: Scope
    maps: Mapping[str, Directive]
    code: frozenset[str]
    declared: frozenset[str]

    def answer(self, scenario: Scenario, port: int | None = None) -> Answer:
        """Return what a client gets that brings what the scenario says."""
        variables = Variables(scenario, self.maps, self.code, self.declared, port)
        found = locations(self.scope)
        answer = Answer()
        for way in rewrite.run(self.scope.directives, Path(), variables):
            if way.end == PASS:
                self._locations(found, way, variables, answer)
            elif way.end == JUMP:
                self._locations(found, Path(uri=way.target, unsure=way.unsure), variables, answer)
            else:
                self._refused(found, self.scope, way, variables, answer)
        return answer

    def behind_error(self, target: str, scenario: Scenario) -> Answer:
        """Return what a client gets that `error_page` sends on to `target`."""
        variables = Variables(scenario, self.maps, self.code, self.declared)
        found = locations(self.scope)
        answer = Answer()
        if target.startswith("@"):
            place = named(found, target)
            if place is not None:
                self._location(found, place, Path(), variables, answer)
        elif target.startswith("/"):
            for way in rewrite.run(self.scope.directives, Path(), variables):
                place = choose(found, target.split("?")[0])
                if way.end == PASS and place is not None and not _PAGE.search(target):
                    self._location(found, place, _enter(way), variables, answer)
        return answer

    def _locations(
        self, found: list[Location], way: Path, variables: Variables, answer: Answer
    ) -> None:
        only = choose(found, way.uri) if way.uri.startswith("/") else None
        for place in found:
            if not place.internal and (only is None or only is place):
                self._location(found, place, _enter(way), variables, answer)

    def _location(
        self,
        found: list[Location],
        place: Location,
        start: Path,
        variables: Variables,
        answer: Answer,
    ) -> None:
        for way in rewrite.run(place.block, start, variables):
            if way.end == ANSWER:
                self._refused(found, place.scope, way, variables, answer)
            elif way.end == PASS:
                _serve(place, way, variables, answer)
            elif way.guard is not None:
                answer.guards.append(way.guard)
            # A jump ends in a location that is looked at anyway, unless it is internal.
            if way.end == JUMP and way.target:
                target = choose(found, way.target)
                if target is not None and target.internal and target is not place:
                    inner = Path(env=way.env, unsure=way.unsure)
                    for done in rewrite.run(target.block, inner, variables):
                        if done.end == PASS:
                            _serve(target, done, variables, answer)

    def _refused(
        self,
        found: list[Location],
        scope: Scope,
        way: Path,
        variables: Variables,
        answer: Answer,
    ) -> None:
        """Follow a fixed answer: `error_page` may turn it into content of a named location."""
        place = named(found, error_target(scope, way.target))
        if place is not None and way.end == ANSWER:
            for done in rewrite.run(place.block, Path(env=way.env, unsure=way.unsure), variables):
                if done.end == PASS:
                    _serve(place, done, variables, answer)
        if way.guard is not None:
            answer.guards.append(way.guard)


def _enter(way: Path) -> Path:
    """Return a way as it enters a location: `break` ended only the server's directives."""
    return Path(env=way.env, uri=way.uri, unsure=way.unsure)


def error_target(scope: Scope, code: str) -> str:
    """Return the named location that `error_page` gives for a code, "" if there's none."""
    for each in scope.find("error_page").directives:
        if code in each.args[:-1] and each.args[-1].startswith("@"):
            return each.args[-1]
    return ""


# An error page that is one: a file, whoever serves it, and not an application's path.
_PAGE = re.compile(r"\.(?:html?|json|txt|xml|shtml|svg|png)(?:\?|$)")


def _serve(place: Location, way: Path, variables: Variables, answer: Answer) -> None:
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
    if _denies_all(place.scope) or _PUBLIC.match(place.pattern):
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
    for name in ("alias", "root"):
        found = place.scope.find(name)
        if found.directives and found.last.args and not (name == "alias" and found.inherited):
            span = place.directive.span if place.directive else found.last.span
            return Served(f"{where}|{name} {found.last.args[0]}", span)
    if place.directive is not None and place.scope.own("try_files"):
        return Served(f"{where}|files", place.directive.span)
    return None


def has_locations(server: Scope) -> bool:
    """Whether a server says anything about what it serves; else nginx hands out its own folder."""
    return any(each.name in ("location", "return", "rewrite") for each in server.directives)


def _denies_all(scope: Scope) -> bool:
    current: Scope | None = scope
    while current is not None:
        denied = any(each.args == ("all",) for each in current.own("deny"))
        allowed = current.own("allow")
        if denied or allowed:
            return denied and not allowed
        current = current.parent
    return False


def _judge(place: Location) -> tuple[str, Span] | None:
    """Return the program in effect that may refuse a client without a certificate."""
    current: Scope | None = place.scope
    off: set[str] = set()
    while current is not None:
        for each in current.directives:
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


# Includes and tags whose names promise settings that refuse nobody.
_HARMLESS = re.compile(
    r"(?i)options-ssl-nginx|(?:ssl|tls)[-_.]?(?:params?|settings|ciphers|protocols|policy)|dhparam"
    r"|hsts|headers|\bcors|gzip|compression|logging|letsencrypt|acme"
)


def _may_refuse(each: Directive) -> bool:
    """Whether a missing include or a template's tag may hold a guard."""
    if each.hole:
        return _HARMLESS.search(f"{each.name} {' '.join(each.args)}") is None
    missing = each.name == "include" and each.block is None
    return missing and _HARMLESS.search(" ".join(each.args)) is None


def _may_judge(lua: Directive) -> bool:
    if not lua.name.endswith("_block"):
        return True
    return any("ssl_client" in arg or "require" in arg for arg in lua.args)
