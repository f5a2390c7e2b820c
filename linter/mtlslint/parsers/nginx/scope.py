"""What is in effect at a level: nginx inherits each directive by itself, the nearest level wins.

Nothing is joined across levels, also not lists (`ssl_conf_command`, `error_page`): they come down
only where the level has none of its own (merge functions of nginx 1.31).
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from mtlslint.model import Origin
from mtlslint.parsers.nginx.tree import Directive
from mtlslint.source import Span


class Found(NamedTuple):
    """The directives of one name that are in effect; empty if none is.

    `doubt` says why none may be wrong: an include that isn't in the project, a template's branch.
    """

    directives: tuple[Directive, ...]
    inherited: bool = False
    doubt: str = ""
    doubt_span: Span | None = None

    @property
    def last(self) -> Directive:
        """The last of them."""
        return self.directives[-1]

    @property
    def origin(self) -> Origin:
        """Whether they are written where they count, or further out."""
        return Origin.INHERITED if self.inherited else Origin.EXPLICIT


class Scope:
    """A level (http, server, location, if) and the levels around it."""

    def __init__(self, directives: tuple[Directive, ...], parent: Scope | None = None) -> None:
        self.directives = directives
        self.parent = parent

    @cached_property
    def _by_name(self) -> dict[str, tuple[Directive, ...]]:
        found: dict[str, list[Directive]] = {}
        for each in self.directives:
            if not each.ghost:
                found.setdefault(each.name, []).append(each)
        return {name: tuple(directives) for name, directives in found.items()}

    @cached_property
    def _doubtful(self) -> tuple[Directive, ...]:
        return tuple(
            each
            for each in self.directives
            if each.ghost or each.hole or (each.name == "include" and each.block is None)
        )

    def own(self, name: str) -> tuple[Directive, ...]:
        """Return this level's directives of a name, without those of other template branches."""
        return self._by_name.get(name, ())

    def find(self, name: str) -> Found:
        """Return the directives of `name` in effect here."""
        scope: Scope | None = self
        inherited = False
        while scope is not None:
            if here := scope.own(name):
                return Found(here, inherited)
            for each in scope._doubtful:
                if reason := _doubt(each, name):
                    return Found((), inherited, reason, each.span)
            scope = scope.parent
            inherited = True
        return Found(())


# Includes and tags whose names promise settings that ask nobody for a certificate and refuse none.
SETTINGS_ONLY = re.compile(
    r"(?i)options-ssl-nginx|(?:ssl|tls)[-_.]?(?:params?|settings|ciphers|protocols|policy)|dhparam"
    r"|hsts|headers|\bcors|gzip|compression|logging|letsencrypt|acme"
)
_CLIENTS = frozenset({"ssl_verify_client", "ssl_client_certificate", "ssl_crl", "ssl_ocsp"})


def _doubt(directive: Directive, name: str) -> str:
    """Return why `directive` may set `name` although it isn't that directive."""
    if name in _CLIENTS and not directive.ghost:
        text = " ".join((directive.name, *directive.args))
        if SETTINGS_ONLY.search(text):
            return ""
    if directive.name == "include" and directive.block is None:
        reference = " ".join(directive.args)
        return f"may be set in `{reference}`, which isn't in the project"
    if directive.hole:
        return "may be set by the template"
    if directive.ghost and directive.name == name:
        return directive.ghost
    return ""
