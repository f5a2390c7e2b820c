"""The locations of a server, and which of them a request meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mtlslint.parsers.nginx.scope import Scope
from mtlslint.parsers.nginx.tree import Directive
from mtlslint.parsers.nginx.variables import matches


class Location(NamedTuple):
    """A location: `modifier` is "", "=", "~", "~*", "^~" or "@"; `pattern` what follows it.

    The server itself, for what no location covers, is a location without a directive.
    """

    directive: Directive | None
    modifier: str
    pattern: str
    scope: Scope

    @property
    def block(self) -> tuple[Directive, ...]:
        """Its directives."""
        return self.directive.block or () if self.directive else ()

    @property
    def named(self) -> bool:
        """Whether only internal redirects lead here, by name."""
        return self.modifier == "@"

    @property
    def internal(self) -> bool:
        """Whether no request can come here from outside."""
        return self.named or bool(self.scope.own("internal") and self.directive)


_MODIFIERS = ("=", "~", "~*", "^~")


def locations(server: Scope) -> list[Location]:
    """Return all locations, nested ones after their parents; the server itself last."""
    found = list(_nested(server))
    if not any(each.modifier in ("", "^~") and each.pattern == "/" for each in found):
        found.append(Location(None, "", "/", server))
    return found


def _nested(scope: Scope) -> Iterator[Location]:
    stack = [scope]
    while stack:
        outer = stack.pop()
        for each in outer.directives:
            if each.name != "location" or each.block is None or not each.args:
                continue
            inner = Scope(each.block, outer)
            yield Location(each, *_pattern(each.args), inner)
            stack.append(inner)


def _pattern(args: tuple[str, ...]) -> tuple[str, str]:
    first = args[0]
    if len(args) > 1:
        return first, args[1]
    if first.startswith("@"):
        return "@", first[1:]
    for modifier in ("^~", "~*", "~", "="):
        if first.startswith(modifier):
            return modifier, first[len(modifier) :]
    return "", first


COUNT_LIMIT = 1000


def choose(found: list[Location], uri: str) -> Location | None:
    """Return the location that nginx chooses for a path; None if that can't be told."""
    if len(found) > COUNT_LIMIT:
        return None
    prefix: Location | None = None
    for each in found:
        if each.modifier == "=" and each.pattern == uri:
            return each
        longer = prefix is None or len(each.pattern) > len(prefix.pattern)
        if each.modifier in ("", "^~") and uri.startswith(each.pattern) and longer:
            prefix = each
    if prefix is not None and prefix.modifier == "^~":
        return prefix
    for each in found:
        if each.modifier in ("~", "~*"):
            matched = matches(each.pattern, uri, each.modifier == "~*")
            if matched is None:
                return None
            if matched:
                return each
    return prefix


def named(found: list[Location], name: str) -> Location | None:
    """Return the named location `@name`."""
    for each in found:
        if each.modifier == "@" and each.pattern == name.removeprefix("@"):
            return each
    return None
