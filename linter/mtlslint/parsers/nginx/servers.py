"""Servers and their ways in, gathered for one http, stream or mail level."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from mtlslint.parsers.nginx.placeholder import literal
from mtlslint.parsers.nginx.roots import Context
from mtlslint.parsers.nginx.scope import Scope
from mtlslint.parsers.nginx.site import Site
from mtlslint.parsers.nginx.sockets import Listen, Seat, Socket, listens, sockets
from mtlslint.parsers.nginx.tree import Directive
from mtlslint.parsers.nginx.variables import code_variables, set_variables
from mtlslint.source import Span
from mtlslint.targets import Range


class Server:
    """A `server` block in one world of its template; `number` counts within the level."""

    def __init__(
        self,
        directive: Directive,
        scope: Scope,
        kind: str,
        number: int,
        maps: Mapping[str, Directive],
        code: frozenset[str],
    ) -> None:
        self.directive = directive
        self.scope = scope
        self.kind = kind
        self.number = number
        self.maps = maps
        self.code = code

    @property
    def block(self) -> tuple[Directive, ...]:
        """Its directives."""
        return self.scope.directives

    @cached_property
    def listens(self) -> list[Listen]:
        """Its ways in."""
        return listens(self.block, self.kind)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names it answers to, folded; ("",) if it has none."""
        found = [
            (arg.lower() if literal(arg) else arg).rstrip(".")
            for each in self.scope.own("server_name")
            for arg in each.args
        ]
        return tuple(found) or ("",)

    @property
    def title(self) -> str:
        """What to call it."""
        name = next((name for name in self.names if name not in ("", "_")), "")
        return f"server {name}" if name else "default server"

    def ssl_on(self) -> bool | None:
        """Whether `ssl on` turns all its sockets to TLS (until nginx 1.25.0)."""
        found = self.scope.find("ssl")
        if found.directives:
            word = found.last.args[0].lower() if found.last.args else ""
            return None if not literal(word) or found.last.fluid else word == "on"
        return None if found.doubt and found.doubt.startswith("set only") else False

    @cached_property
    def site(self) -> Site:
        """Its content."""
        code = self.code | code_variables(self.block)
        return Site(self.scope, self.maps, code, set_variables(self.block))


class Estate:
    """All servers of one level, their sockets, and what they are built for."""

    def __init__(
        self, context: Context, http: Scope, servers: tuple[Server, ...], target: Range
    ) -> None:
        self.context = context
        self.http = http
        self.servers = servers
        self.target = target

    @cached_property
    def sockets(self) -> dict[str, Socket]:
        """The sockets by key."""
        seats = []
        for server in self.servers:
            on = server.ssl_on()
            for listen in server.listens:
                ssl = True if on or listen.ssl else None if None in (on, listen.ssl) else False
                seats.append((Seat(server.number, listen), ssl))
        return sockets(seats)

    def default(self, socket: Socket) -> Server:
        """Return a socket's default server."""
        return self.servers[socket.default]

    @cached_property
    def enforcing(self) -> frozenset[int]:
        """The numbers of the servers that ask for certificates of the outer level's CA."""
        return frozenset(
            each.number
            for each in self.servers
            if not each.scope.own("ssl_client_certificate") and _asks(each.scope)
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """All names that any server answers to."""
        return frozenset(name for each in self.servers for name in each.names if literal(name))


def _asks(scope: Scope) -> bool:
    found = scope.find("ssl_verify_client")
    word = found.last.args[0].lower() if found.directives and found.last.args else "off"
    return bool(found.doubt) or word != "off"


def gather(context: Context, directives: tuple[Directive, ...], target: Range) -> Estate:
    """Return the servers of a level whose template branches are already chosen."""
    http = Scope(directives)
    maps = {
        each.args[1].lstrip("$"): each
        for each in (*context.neighbours, *directives)
        if each.name == "map" and len(each.args) == 2 and each.block is not None
    }
    code = code_variables(directives)
    blocks = [
        each
        for each in directives
        if each.name == "server" and each.block is not None and not each.args
    ]
    servers = tuple(
        Server(each, Scope(each.block or (), http), context.kind, number, maps, code)
        for number, each in enumerate(blocks)
    )
    return Estate(context, http, servers, target)


def listen_head(server: Server, listen: Listen) -> Span:
    """Return the line that stands for a way in."""
    return listen.directive.span if listen.directive else server.directive.span
