"""Whether a listener serves anything, or only refuses or sends clients on to another one."""

from __future__ import annotations

from mtlslint.code.evaluate import Machine
from mtlslint.code.ir import Bind, Choice, Literal, Method, Name, Node
from mtlslint.code.values import Items, Known, Lambda, Ref, Routine, Thing, Value, World, bare
from mtlslint.code.walk import Kinds

_WORDS = frozenset(
    {"Redirect", "PERMANENT_REDIRECT", "MOVED_PERMANENTLY", "TEMPORARY_REDIRECT", "SEE_OTHER"}
    | {"RedirectHttps", "RedirectScheme", "PermanentRedirect", "MovedPermanently"}
)


_REFUSALS = frozenset({"Forbidden", "FORBIDDEN", "Gone", "GONE", "UPGRADE_REQUIRED"})
_ROUTES = frozenset({"service", "route", "configure", "nest", "merge", "resource"})


def serves_nothing(machine: Machine, app: Value | None, world: World) -> bool:
    """Say whether all handlers of an app redirect or refuse."""
    value = bare(app) if app is not None else None
    thing = world.thing(value) if value is not None else None
    if thing is None:
        return value is not None and _redirects(machine, value)
    if "proxy" in thing.parts:
        return _sends_on(machine, world.thing(bare(thing.parts["proxy"])))
    if "factory" in thing.parts:
        return _redirects(machine, bare(thing.parts["factory"]))
    handlers = thing.parts.get("handlers")
    if not isinstance(handlers, Items):
        return False
    found = [one for one in map(bare, handlers.items) if not isinstance(one, Known)]
    return bool(found) and all(
        serves_nothing(machine, one, world) if isinstance(one, Ref) else _redirects(machine, one)
        for one in found
    )


def _sends_on(machine: Machine, app: Thing | None) -> bool:
    """Whether the methods of an object of the program's own answer with another address."""
    return (
        app is not None
        and bool(app.path)
        and any(
            _speaks(machine, one.body) or _names_location(machine, one.body)
            for one in machine.program.methods_of(app.path[-1])
        )
    )


def _names_location(machine: Machine, body: Node) -> bool:
    kinds = machine.program.nodes(body)
    texts = (one.value for one in kinds.get(Literal, ()) if isinstance(one, Literal))
    names = (one.path[-1] for one in kinds.get(Name, ()) if isinstance(one, Name))
    return any(isinstance(one, str) and one.lower() == "location" for one in (*texts, *names))


def _redirects(machine: Machine, value: Value) -> bool:
    if isinstance(value, Lambda):
        return _body_redirects(machine, value.closure.body)
    if isinstance(value, Routine):
        return all(_speaks(machine, one.body) for one in value.functions)
    return False


def _body_redirects(machine: Machine, body: Node) -> bool:
    """A closure redirects if it does so itself, or if all handlers it names do."""
    if _speaks(machine, body):
        return True
    named = [
        function
        for node in machine.program.nodes(body).get(Name, ())
        for function in machine.program.functions(node.path, machine.frame.module)
    ]
    return bool(named) and all(_speaks(machine, function.body) for function in named)


def _speaks(machine: Machine, body: Node) -> bool:
    kinds = machine.program.nodes(body)
    names = kinds.get(Name, ())
    return _refuses(kinds) or any(not _WORDS.isdisjoint(node.path) for node in names)


def _refuses(kinds: Kinds) -> bool:
    """Whether the one answer there is refuses, whoever asks for what."""
    branches = (
        Choice in kinds
        or any(one.otherwise is not None for one in kinds.get(Bind, ()))
        or any(one.name in _ROUTES for one in kinds.get(Method, ()))
    )
    names = kinds.get(Name, ())
    return not branches and any(not _REFUSALS.isdisjoint(one.path) for one in names)
