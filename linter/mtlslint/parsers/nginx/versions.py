"""What nginx does when nobody says: defaults by version, as data.

From the merge functions of every release tag of nginx.
"""

from __future__ import annotations

from mtlslint.model import VERSIONS
from mtlslint.parsers.nginx.tree import Directive, walk
from mtlslint.targets import ASSUMED, Range, Version

# From the version on: the protocols enabled without ssl_protocols (http, mail, stream, upstream).
PROTOCOLS: tuple[tuple[Version, tuple[str, ...]], ...] = (
    ((0, 2, 2), ("SSLv2", "SSLv3", "TLSv1")),
    ((0, 8, 19), ("SSLv3", "TLSv1")),
    ((1, 0, 12), ("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2")),
    ((1, 9, 1), ("TLSv1", "TLSv1.1", "TLSv1.2")),
    ((1, 23, 4), ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")),
    ((1, 27, 3), ("TLSv1.2", "TLSv1.3")),
)

# From here on the protocols of the server that SNI names count, before those of the default server.
PROTOCOLS_BY_SNI: Version = (1, 29, 2)

TLS13_BY_DEFAULT: Version = (1, 23, 4)

LAST_WITH_SSL_ON: Version = (1, 25, 0)

# CVE-2025-23419: from TLS 1.3 on until the releases that fixed it (docs/xml/nginx/changes.xml).
_RESUMED_ACROSS: tuple[tuple[Version, Version], ...] = (
    ((1, 13, 0), (1, 26, 3)),
    ((1, 27, 0), (1, 27, 4)),
)


def resumes_across_servers(target: Range) -> bool:
    """Whether all targeted versions resume sessions in servers other than where they began."""
    return any(since <= target.low and target.high < fixed for since, fixed in _RESUMED_ACROSS)


def able(target: Range, directives: tuple[Directive, ...]) -> Range:
    """Return those of the targeted versions that start with the directives at all.

    If there are none, what names the versions is about another nginx.
    """
    always = tuple(each for each in directives if not each.when)
    if target.high <= LAST_WITH_SSL_ON or not any(map(_switches_ssl_on, walk(always))):
        return target
    if target is ASSUMED["nginx"] or target.low > LAST_WITH_SSL_ON:
        low = ASSUMED["nginx"].low
        return Range(low, LAST_WITH_SSL_ON, "`ssl on` is refused since 1.25.1")
    return target._replace(high=LAST_WITH_SSL_ON)


def _switches_ssl_on(each: Directive) -> bool:
    certain = not (each.ghost or each.fluid or each.when)
    return certain and each.name == "ssl" and [word.lower() for word in each.args] == ["on"]


_BY_NAME = {name.lower(): name for name in VERSIONS}


def canonical(word: str) -> str | None:
    """Return a protocol's name as the model spells it; None if nginx knows no such word."""
    return _BY_NAME.get(word.lower())


def lowest(protocols: frozenset[str] | tuple[str, ...]) -> str:
    """Return the lowest of some protocols."""
    return min(protocols, key=VERSIONS.index)


def highest(protocols: frozenset[str] | tuple[str, ...]) -> str:
    """Return the highest of some protocols."""
    return max(protocols, key=VERSIONS.index)


def default_protocols(target: Range) -> tuple[tuple[str, ...], str]:
    """Return the default protocols of the oldest targeted version, and a note that says so."""
    protocols = PROTOCOLS[0][1]
    until: Version | None = None
    for since, names in PROTOCOLS:
        if since <= target.low:
            protocols = names
        elif lowest(names) != lowest(protocols):
            until = since
            break
    name = lowest(protocols).replace("TLSv1", "TLS 1").replace("SSLv", "SSL ")
    name = "TLS 1.0" if name == "TLS 1" else name
    if until is None:
        return protocols, f"nginx allows {name} and later by default ({target.source})"
    before = ".".join(map(str, until))
    return protocols, f"nginx before {before} allows {name} ({target.source})"
