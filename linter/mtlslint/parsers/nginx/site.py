"""A request's way through a server: its rewrite phase, a location, internal redirects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from mtlslint.parsers.nginx import rewrite
from mtlslint.parsers.nginx.content import Answer, denies_all, serve
from mtlslint.parsers.nginx.location import Location, choose, locations, named
from mtlslint.parsers.nginx.rewrite import ANSWER, JUMP, PASS, Path
from mtlslint.parsers.nginx.scope import Scope
from mtlslint.parsers.nginx.tree import Directive
from mtlslint.parsers.nginx.variables import Scenario, Variables

REDIRECT_LIMIT = 3  # nginx follows ten; more than a few add nothing that isn't seen anyway


class Site(NamedTuple):
    """A server's content; the rest are the variables it can use."""

    scope: Scope
    maps: Mapping[str, Directive]
    code: frozenset[str]
    declared: frozenset[str]

    def answer(self, scenario: Scenario, port: int | None = None) -> Answer:
        """Return what a client gets that brings what the scenario says."""
        walk = self._walk(scenario, port)
        for way in rewrite.run(self.scope.directives, Path(), walk.variables):
            if way.end == PASS:
                walk.choose(way)
            elif way.end == JUMP:
                walk.choose(way._replace(uri=way.target))
            else:
                walk.refused(self.scope, way, 0)
        return walk.answer

    def behind_error(self, target: str, scenario: Scenario) -> Answer:
        """Return what a client gets that `error_page` sends on to `target`."""
        walk = self._walk(scenario, None)
        if target.startswith("@"):
            place = named(walk.found, target)
            if place is not None:
                walk.location(place, Path(), 0)
        elif target.startswith("/") and not _PAGE.search(target):
            there = Path(uri=target.split("?")[0], exact=True)
            for way in rewrite.run(self.scope.directives, there, walk.variables):
                place = choose(walk.found, way.rewritten or way.uri)
                if way.end == PASS and place is not None:
                    walk.location(place, _enter(way), 0)
        return walk.answer

    def _walk(self, scenario: Scenario, port: int | None) -> _Walk:
        variables = Variables(scenario, self.maps, self.code, self.declared, port)
        return _Walk(locations(self.scope), variables, Answer())


# An error page that is one: a file, whoever serves it, and not an application's path.
_PAGE = re.compile(r"\.(?:html?|json|txt|xml|shtml|svg|png)(?:\?|$)")


class _Walk(NamedTuple):
    """One client's requests to one server, and what comes of them."""

    found: list[Location]
    variables: Variables
    answer: Answer

    def choose(self, way: Path) -> None:
        """Go on to the location that the path leads to, or to all if it isn't known."""
        uri = way.rewritten or way.uri
        only = choose(self.found, uri) if uri.startswith("/") else None
        for place in self.found:
            if not place.internal and (only is None or only is place):
                self.location(place, _enter(way), 0)

    def location(self, place: Location, start: Path, depth: int) -> None:
        """Run a location's own directives; see what it hands out where they let it."""
        for way in rewrite.run(place.block, start, self.variables):
            if self._impossible(place, way, start):
                continue
            if way.end == ANSWER:
                self.refused(place.scope, way, depth)
            elif way.end == JUMP:
                self._jump(way, depth)
            elif way.end != PASS:
                self._guarded(way)
            elif denies_all(place.scope):
                self.refused(place.scope, way._replace(target="403"), depth)
            else:
                serve(place, way, self.variables, self.answer)

    def refused(self, scope: Scope, way: Path, depth: int) -> None:
        """Follow a fixed answer: `error_page` may turn it into content of a named location."""
        self._guarded(way)
        target = error_target(scope, way.target)
        place = named(self.found, target) if target else None
        if place is not None and way.end in (ANSWER, PASS) and depth < REDIRECT_LIMIT:
            self.location(place, Path(env=way.env, unsure=way.unsure), depth + 1)

    def _jump(self, way: Path, depth: int) -> None:
        # An unknown target is one of the locations that are looked at anyway.
        place = choose(self.found, way.target) if way.target else None
        if place is not None and depth < REDIRECT_LIMIT:
            self.location(place, Path(env=way.env, unsure=way.unsure), depth + 1)

    def _guarded(self, way: Path) -> None:
        if way.guard is not None:
            self.answer.guards.append(way.guard)

    def _impossible(self, place: Location, way: Path, start: Path) -> bool:
        """Whether a path that a condition here asks for never comes to this location."""
        if place.internal or not way.uri.startswith("/") or way.uri == start.uri:
            return False
        return choose(self.found, way.uri) not in (None, place)


def _enter(way: Path) -> Path:
    """Return a way as it enters a location: `break` ended only the server's directives."""
    return Path(env=way.env, uri=way.rewritten or way.uri, unsure=way.unsure)


def error_target(scope: Scope, code: str) -> str:
    """Return the named location that `error_page` gives for a code, "" if there's none."""
    for each in scope.find("error_page").directives:
        if code in each.args[:-1] and each.args[-1].startswith("@"):
            return each.args[-1]
    return ""
