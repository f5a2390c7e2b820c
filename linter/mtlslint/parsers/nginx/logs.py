"""Whether an access log tells which client came.

`access_log` is inherited where a level has none of its own; without any, http logs in the
predefined format, which names no certificate, and stream logs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtlslint.model import Origin, Setting
from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.servers import Estate, Server
from mtlslint.parsers.nginx.tree import Directive, walk
from mtlslint.source import Span

_TELLING = re.compile(r"\$\{?ssl_client_(?:s_dn|i_dn|serial|fingerprint|(?:raw_|escaped_)?cert)")
_VARIABLE = re.compile(r"\$\{?(\w+)\}?")
_PROGRAMS = re.compile(r"log_by_lua|js_|perl_set|set_by_lua|auth_request_set")


def identity_log(server: Server, estate: Estate, head: Span) -> Setting:
    """Return whether any access log in effect in a server holds something of the certificate."""
    found = server.scope.find("access_log")
    unsure = found.doubt
    if estate.context.assumed and not found.directives:
        unsure = unsure or "no http level in sight"
    for each in walk(server.block):
        if _PROGRAMS.match(each.name):
            unsure = f"`{each.name}` may decide"
    for log in (*found.directives, *_inner(server)):
        verdict = _tells(log, server, estate)
        if verdict:
            return Setting("logged", log.span, found.origin, log.via)
        if verdict is None:
            unsure = unsure or "the log's format isn't known"
    value = None if unsure else "unlogged"
    if found.directives:
        return Setting(value, found.last.span, found.origin, found.last.via, unsure)
    return Setting(value, head, Origin.DEFAULT, note=unsure)


def _inner(server: Server) -> Iterator[Directive]:
    """Yield the logs of locations."""
    for each in walk(server.block):
        if each.name == "access_log" and not each.ghost:
            yield each


def _tells(log: Directive, server: Server, estate: Estate) -> bool | None:
    """Whether a log's format holds something of the certificate; None if that isn't known."""
    names = [arg for arg in log.args[1:] if "=" not in arg]
    if log.args[:1] == ("off",) or names in ([], ["combined"]):
        return False
    formats = [each for each in estate.http.own("log_format") if each.args[:1] == (names[0],)]
    if log.fluid or not formats:
        return None
    text = " ".join(formats[-1].args[1:])
    if _TELLING.search(text) or any(_made(name, server) for name in _VARIABLE.findall(text)):
        return True
    return False if literal(_VARIABLE.sub("", text)) and not formats[-1].fluid else None


def _made(name: str, server: Server) -> bool:
    """Whether `map` or `set` makes a variable of the certificate."""
    made = [each for each in walk(server.block) if each.name == "set"]
    made += [server.maps[name]] if name in server.maps else []
    return any(
        _TELLING.search(" ".join(each.args))
        for each in made
        if each.name == "map" or each.args[:1] == (f"${name}",)
    )
