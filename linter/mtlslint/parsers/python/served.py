"""Whether a server serves anything, or only sends clients on to another one."""

from __future__ import annotations

from mtlslint.code.evaluate import Machine
from mtlslint.code.ir import Literal, Name, Return
from mtlslint.code.package import Package
from mtlslint.code.values import Items, Known, Routine, Symbol, Value, World, bare
from mtlslint.code.walk import nodes_in

_SENDS_ON = frozenset(
    {"PERMANENT_REDIRECT", "MOVED_PERMANENTLY", "TEMPORARY_REDIRECT", "FOUND", "SEE_OTHER"}
)
_CODES = frozenset({301, 302, 303, 307, 308})
_RAISED = frozenset(
    {"HTTPMovedPermanently", "HTTPFound", "HTTPSeeOther", "HTTPTemporaryRedirect"}
    | {"HTTPPermanentRedirect"}
)


def serves_nothing(machine: Machine, app: Value | None, world: World) -> bool:
    """Say whether all `do_*` methods of a request handler redirect, or all routes of an app."""
    value = bare(app) if app is not None else None
    thing = world.thing(value) if value is not None else None
    routes = thing.parts.get("routes") if thing is not None else None
    if isinstance(routes, Items):
        served = [one for one in map(bare, routes.items) if not isinstance(one, Known)]
        return bool(served) and all(map(_sends_on, served))
    program = machine.program
    if not isinstance(value, Symbol) or not isinstance(program, Package):
        return False
    home = program.class_at(value.path, machine.frame.module) if len(value.path) > 1 else None
    if home is None:
        return False
    owner = ("", *home.name, value.path[-1])
    handlers = [one for one in home.functions if one.owner == owner and one.name.startswith("do_")]
    return bool(handlers) and all(_redirects(one.body) for one in handlers)


def _sends_on(handler: Value) -> bool:
    """Whether a handler ends in no other way than by raising a redirect."""
    if not isinstance(handler, Routine):
        return False
    ends = [n for f in handler.functions for n in nodes_in(f.body) if isinstance(n, Return)]
    return bool(ends) and all(_raises_redirect(one) for one in ends)


def _raises_redirect(end: Return) -> bool:
    names = (one for one in nodes_in(end) if isinstance(one, Name))
    return end.failing and any(one.path[-1] in _RAISED for one in names)


def _redirects(body: object) -> bool:
    """Whether a body sets a redirecting status and a location."""
    status = location = False
    for node in nodes_in(body):
        if isinstance(node, Name):
            status = status or node.path[-1] in _SENDS_ON
        elif isinstance(node, Literal):
            status = status or (isinstance(node.value, int) and node.value in _CODES)
            location = location or node.value == "Location"
    return status and location
