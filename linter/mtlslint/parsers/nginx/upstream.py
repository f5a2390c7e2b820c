"""Where a `*_pass` leads: transport, and whether the other end is this host."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mtlslint.model import Address
from mtlslint.parsers.nginx.placeholder import literal, without_placeholders
from mtlslint.parsers.nginx.scope import Scope
from mtlslint.parsers.nginx.sockets import is_loopback, split_host
from mtlslint.parsers.nginx.tree import Directive, walk

CANDIDATE_LIMIT = 16

PASSES = {
    "proxy_pass": "proxy_",
    "grpc_pass": "grpc_",
    "uwsgi_pass": "uwsgi_",
    "fastcgi_pass": "",
    "scgi_pass": "",
    "memcached_pass": "",
}
"""The directives that hand a request on, and the prefix of their TLS settings ("": no TLS)."""

# Addresses that lead to this host, and the names by which a container knows the one it runs on.
_THIS_HOST = frozenset(
    {
        *("0.0.0.0", "[::]", "host.docker.internal", "gateway.docker.internal"),
        *("host.containers.internal", "host.minikube.internal", "host.lima.internal"),
    }
)
_TLS = frozenset({"https", "grpcs", "suwsgi"})
_SCHEME = re.compile(r"(?i)(https?|grpcs?|s?uwsgi)://(.*)$", re.DOTALL)
_PORTS = {"http": 80, "https": 443}


class Pass(NamedTuple):
    """A `*_pass` in the level it stands in."""

    directive: Directive
    scope: Scope


NOWHERE = Address()


class Peer(NamedTuple):
    """One possible other end. None: not known, `note` says why.

    `members` are the addresses of an `upstream` block, also if there are several.
    """

    tls: bool | None
    local: bool | None
    address: Address = NOWHERE
    note: str = ""
    via: tuple[Directive, ...] = ()
    members: tuple[Address, ...] = ()


def passes(server: Scope) -> Iterator[Pass]:
    """Yield the `*_pass` directives of a server that a request can come to."""
    stack = [server]
    while stack:
        scope = stack.pop()
        if _always_returns(scope.directives):
            continue
        for each in scope.directives:
            if each.name in PASSES and each.args and each.block is None and not each.ghost:
                yield Pass(each, scope)
            if each.block is None or each.name not in ("location", "if", "limit_except"):
                continue
            inner = Scope(each.block, scope)
            if not (inner.own("health_check") and _only_probes(each.args, inner, server)):
                stack.append(inner)


def _only_probes(args: tuple[str, ...], location: Scope, server: Scope) -> bool:
    """Whether no request is led to a location with a `health_check`: only probes leave from it."""
    if location.own("internal"):
        return True
    named = args[0] if args and args[0].startswith("@") else ""
    level: Scope | None = server
    while named and level is not None:
        leads = (one for one in walk(level.directives) if one.name != "location")
        if any(named in one.args for one in leads):
            return False
        level = level.parent
    return bool(named)


def _always_returns(directives: tuple[Directive, ...]) -> bool:
    """Whether a `return` ends every request; a `break` before it, also in an `if`, goes past it."""
    for each in directives:
        if each.ghost:
            continue
        if each.name == "return":
            return True
        inner = each.block or () if each.name == "if" else (each,)
        if any(one.name == "break" or one.args[-1:] == ("break",) for one in inner):
            return False
    return False


class Upstreams:
    """The `upstream` blocks and `map`s in which a pass may find its target."""

    def __init__(
        self,
        blocks: Mapping[str, Directive] | None = None,
        maps: Mapping[str, Directive] | None = None,
        whole: bool = True,
        hosts: frozenset[str] = frozenset(),
    ) -> None:
        self.blocks = blocks or {}
        self.maps = maps or {}
        self.whole = whole
        self.hosts = hosts

    def peers(self, found: Pass, proxy_ssl: bool | None = False, scheme: str = "") -> list[Peer]:
        """Return the possible other ends of a pass.

        `proxy_ssl` is stream's switch, `scheme` what `$scheme` says, if it's always the same.
        """
        # What begins with a slash ends the port.
        text = _PATHS.sub("/", found.directive.args[0])
        stream = found.directive.name == "proxy_pass" and _in_stream(found.scope)
        if found.directive.fluid:
            return [Peer(None, None, note="set by a template")]
        peers = [
            self._peer(
                _SCHEME_VARIABLE.sub(scheme, each) if scheme else each,
                found.directive.name,
                stream,
                proxy_ssl,
            )
            for each in self.texts(text, found.scope, 0)
        ]
        return list(dict.fromkeys(peers))

    def texts(self, text: str, scope: Scope, depth: int) -> list[str]:
        """Return what `text` may say once its variables are replaced, as far as they're known."""
        match = _FIRST_VARIABLE.search(text)
        if match is None or depth > 4:
            return [text]
        name = match[1] or match[2]
        values = _set_values(name, scope)
        if values is None:
            values = self._map_values(name)
        if not values:
            return [text]
        results: list[str] = []
        for value in values[:CANDIDATE_LIMIT]:
            if value == match[0]:
                return [text]
            inner = text[: match.start()] + value + text[match.end() :]
            results.extend(self.texts(inner, scope, depth + 1))
        return results[:CANDIDATE_LIMIT] if len(values) <= CANDIDATE_LIMIT else [text]

    def _map_values(self, name: str) -> list[str]:
        directive = self.maps.get(name)
        if directive is None:
            return []
        values = []
        for each in directive.block or ():
            if each.name == "include" or each.hole or each.ghost:
                return []
            if each.args and each.args[0] not in values:
                values.append(each.args[0])
        return [value for value in values if value]

    def _peer(self, text: str, name: str, stream: bool, proxy_ssl: bool | None) -> Peer:
        match = _SCHEME.match(text)
        if match:
            tls: bool | None = match[1].lower() in _TLS
            rest, port = match[2], _PORTS.get(match[1].lower())
        elif stream:
            tls, rest, port = proxy_ssl, text, None
        elif name == "proxy_pass":
            # Without a scheme nginx wouldn't start: the rest is in a variable or a placeholder.
            return Peer(None, None, note=f"`{text}` can't be resolved")
        else:
            literal_start = literal(text[:1])
            tls, rest, port = (False if literal_start or _plain_only(name) else None), text, None
        return self._host(tls, rest, port, stream or name != "proxy_pass")

    def _host(self, tls: bool | None, rest: str, port: int | None, needs_port: bool) -> Peer:
        if rest.lower().startswith("unix:"):
            return Peer(tls, True, Address("unix"))
        place = re.split(r"[/?]", rest, maxsplit=1)[0] if literal(rest) else _place(rest)
        block = self.blocks.get(place)
        if block is not None:
            return self._block(tls, block, place)
        host, own_port = split_host(place)
        if not literal(host) or not host:
            if _is_far(place):
                return Peer(tls, False, Address(None, own_port or port))
            return Peer(tls, None, note=f"`{place}` can't be resolved")
        if _is_this_host(host):
            return Peer(tls, True, Address(host, own_port or port))
        portless = ":" not in place.rpartition("]")[2]
        unseen = not self.whole and "." not in host and host not in self.hosts
        if portless and (needs_port or unseen):
            return Peer(tls, None, note=f"`{host}` may be an upstream block elsewhere")
        return Peer(tls, False, Address(host, own_port or port))

    def _block(self, tls: bool | None, block: Directive, name: str) -> Peer:
        addresses: list[Address] = []
        verdicts: list[bool | None] = []
        for each in block.block or ():
            if each.name == "include" or each.hole or each.ghost:
                verdicts.append(None)
            elif each.name == "server" and each.args and "down" not in each.args[1:]:
                peer = _member(each)
                verdicts.append(peer.local)
                addresses.append(peer.address)
        local = False if False in verdicts else None if None in verdicts or not verdicts else True
        note = f"upstream `{name}` can't be resolved" if local is None else ""
        address = addresses[0] if len(set(addresses)) == 1 else Address(name)
        return Peer(tls, local, address, note, (block,), tuple(dict.fromkeys(addresses)))


_FILLER = "\0"


def _is_far(place: str) -> bool:
    """Whether a host that holds placeholders can't be this one, by what stands around them.

    Where there's neither a dot nor a port, it may be the name of an `upstream`.
    """
    text = without_placeholders(place, _FILLER)
    host, colon, _ = text.partition(":")
    if not literal(text) or not (colon or "." in host):
        return False
    pieces = [piece.strip("-_") for piece in re.split(r"[.\0]", host.lower())]
    return any(
        re.search("[a-z]", piece)
        and not ("localhost".startswith(piece) or "localhost".endswith(piece))
        for piece in pieces
    )


_PATHS = re.compile(r"\$(?:\{(?:request_)?uri\}|(?:request_)?uri\b)")
_SCHEME_VARIABLE = re.compile(r"\$(?:\{scheme\}|scheme\b)")
_FIRST_VARIABLE = re.compile(r"\$(?:\{([a-z]\w*)\}|([a-z]\w*))")


def _plain_only(name: str) -> bool:
    return not PASSES[name]


def _place(rest: str) -> str:
    """Return the host and port of a target that holds placeholders, in which `/` may stand."""
    match = re.match(r"((?:\{\{.*?\}\}|<%.*?%>|\$\{[^}]*\}|[^/?])*)", rest, re.DOTALL)
    return match[1] if match else rest


def _member(server: Directive) -> Peer:
    text = server.args[0]
    if text.lower().startswith("unix:"):
        return Peer(None, True, Address("unix"))
    host, port = split_host(text)
    if not literal(host) or not host or server.fluid:
        return Peer(None, None)
    return Peer(None, _is_this_host(host), Address(host, port or 80))


def _is_this_host(host: str) -> bool:
    return is_loopback(host) or host.lower() in _THIS_HOST


def _in_stream(scope: Scope) -> bool:
    outer = scope
    while outer.parent is not None and outer.parent.parent is not None:
        outer = outer.parent
    return bool(outer.own("proxy_pass"))


def _set_values(name: str, scope: Scope) -> list[str] | None:
    """Return what `set` gives a variable at the nearest level that sets it; None if none does."""
    current: Scope | None = scope
    found: list[str] = []
    while current is not None:
        plain = False
        for each in _sets(current.directives, name):
            found.append(each.args[1])
        for each in current.own("set"):
            plain = plain or (len(each.args) == 2 and each.args[0] == f"${name}")
        if plain:
            break
        current = current.parent
    return list(dict.fromkeys(found)) or None


def _sets(directives: tuple[Directive, ...], name: str) -> Iterator[Directive]:
    for each in directives:
        inner = walk(each.block) if each.name == "if" and each.block else (each,)
        for one in inner:
            sets = one.name == "set" and not one.ghost and len(one.args) == 2
            if sets and one.args[0] == f"${name}":
                yield one
