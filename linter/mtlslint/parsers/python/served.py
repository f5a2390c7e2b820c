"""Whether a server serves anything, or only sends clients on to another one."""

from __future__ import annotations

from mtlslint.code.evaluate import Machine
from mtlslint.code.ir import Literal, Name
from mtlslint.code.package import Package
from mtlslint.code.values import Symbol, Value, World, bare
from mtlslint.code.walk import nodes_in

_SENDS_ON = frozenset(
    {"PERMANENT_REDIRECT", "MOVED_PERMANENTLY", "TEMPORARY_REDIRECT", "FOUND", "SEE_OTHER"}
)
_CODES = frozenset({301, 302, 303, 307, 308})


def serves_nothing(machine: Machine, app: Value | None, world: World) -> bool:
    """Say whether all `do_*` methods of a request handler redirect."""
    value = bare(app) if app is not None else None
    program = machine.program
    if not isinstance(value, Symbol) or not isinstance(program, Package):
        return False
    home = program.class_at(value.path, machine.frame.module) if len(value.path) > 1 else None
    if home is None:
        return False
    owner = ("", *home.name, value.path[-1])
    handlers = [one for one in home.functions if one.owner == owner and one.name.startswith("do_")]
    return bool(handlers) and all(_redirects(one.body) for one in handlers)


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
