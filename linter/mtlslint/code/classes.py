"""Classes of the program: new objects, what they inherit, what is run when it is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mtlslint.code import rows, running
from mtlslint.code.api import Row
from mtlslint.code.arguments import Call
from mtlslint.code.ir import Assign, Method, Name, Path
from mtlslint.code.items import Function, Module
from mtlslint.code.values import Outcome, Symbol, Thing, Unknown, Value, World
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

SHARED = "<class>"
"""The method that gives an object what its class holds."""

SUPER = "super."


def construct(
    machine: Machine,
    path: Path,
    span: Span,
    args: tuple[Value, ...],
    keywords: Mapping[str, Value],
    world: World,
) -> list[Outcome] | None:
    """Return a new object; None if the path is no class of the program."""
    program = machine.package
    if program is None or len(path) < 2:
        return None
    path, _ = program.split(path, machine.frame.module)
    home = program.class_at(path, machine.frame.module)
    if home is None:
        return None
    value = world.add(Thing("", span, path=path, label=path[-1]))
    outcomes: list[Outcome] = []
    for after in share(machine, home, path[-1], value, world):
        outcomes += _initialise(machine, home, path[-1], value, (args, keywords), after)
    return [(after, value) for after, _ in outcomes]


def share(machine: Machine, home: Module, name: str, value: Value, world: World) -> list[World]:
    """Give an object the values of its class and of the classes it inherits from."""
    program = machine.package
    assert program is not None
    worlds = [world]
    for _, _, function in reversed(program.lineage(name, home, SHARED)):
        if function is not None:
            worlds = [
                after
                for before in worlds
                for after, _ in running.run_functions(machine, (function,), (value,), before)
            ]
    return worlds


def _initialise(
    machine: Machine,
    home: Module,
    name: str,
    value: Value,
    arguments: tuple[tuple[Value, ...], Mapping[str, Value]],
    world: World,
) -> list[Outcome]:
    args, keywords = arguments
    program = machine.program
    found = [f for f in program.methods((name,), "__init__", home) if f.bound == "init"]
    if found:
        return running.run_functions(machine, tuple(found), (value, *args), world, keywords)
    if _inherit(machine, home, name, value, arguments, world):
        return [(world, value)]
    fields = dict(zip(home.types.get(name, {}), args, strict=False)) | dict(keywords)
    thing = world.thing(value)
    for field, one in fields.items():
        thing = thing.part(field, one) if thing is not None else None
    if thing is not None:
        world.update(value, thing)
    return [(world, value)]


def _inherit(
    machine: Machine,
    home: Module,
    name: str,
    value: Value,
    arguments: tuple[tuple[Value, ...], Mapping[str, Value]],
    world: World,
) -> bool:
    """Run a library's constructor on an object whose class inherits from it."""
    program = machine.package
    assert program is not None
    thing = world.thing(value)
    for base, where in program.foreign_bases(name, home):
        row = machine.api.find(base) or _starred(machine, base, where)
        if row is not None and row.makes and thing is not None:
            kind = machine.api.kinds.get(row.makes)
            hooks = kind.hooks if kind is not None else ()
            if any(
                _decides(machine, one)
                for hook in hooks
                for one in program.methods((name,), hook, home)
            ):
                return True  # Of what it decides nothing is known.
            span = thing.site
            call = Call(span, base[-1], value, arguments[0], dict(arguments[1]))
            rows.apply(machine, row, call, world)
            return True
    return False


def _decides(machine: Machine, hook: Function) -> bool:
    """Whether a method does more than call what it takes the place of."""
    kinds = machine.program.nodes(hook.body)
    called = [one.name.removeprefix(SUPER) for one in kinds.get(Method, ())]
    called += [one.path[-1] for one in kinds.get(Name, ()) if len(one.path) > 1]
    return not called or set(called) != {hook.name} or bool(kinds.get(Assign))


def _starred(machine: Machine, path: Path, module: Module) -> Row | None:
    found = (machine.api.find((*glob, *path)) for glob in module.globs)
    return next((row for row in found if row is not None), None)


def above(
    machine: Machine,
    method: str,
    value: Value,
    args: tuple[Value, ...],
    keywords: Mapping[str, Value],
    world: World,
) -> list[Outcome] | None:
    """Call a method as the class above defines it; None if that isn't the program's."""
    program = machine.package
    function = machine.frame.function
    if program is None or function is None or not function.owner:
        return None
    name = method.removeprefix(SUPER)
    home = program.class_at(function.owner, machine.frame.module) or machine.frame.module
    for _, _, found in program.lineage(function.owner[-1], home, name)[1:]:
        if found is not None:
            return running.run_functions(machine, (found,), (value, *args), world, keywords)
    if name == "__init__":
        _inherit(machine, home, function.owner[-1], value, (args, keywords), world)
        return [(world, Unknown("nothing"))]
    return None


def method_of(machine: Machine, thing: Thing | None, name: str) -> tuple[Function, ...]:
    """Return the method of that name on an object of the program."""
    program = machine.package
    if program is None or thing is None or not thing.path:
        return ()
    home = program.class_at(thing.path, machine.frame.module)
    return program.methods(thing.path, name, home) if home is not None else ()


def passed_on(machine: Machine, thing: Thing | None, name: str, world: World) -> Value | None:
    """Return the part that a method the class lacks is passed on to, if only one has it."""
    if thing is None or thing.kind or not thing.path:
        return None
    if not is_class(machine, thing.path) and not lends(machine, thing.path, "Deref"):
        return None
    if machine.program.methods(thing.path, name, machine.frame.module):
        return None
    found: list[Value] = []
    for value in thing.parts.values():
        part = world.thing(value)
        kind = machine.api.kinds.get(part.kind) if part is not None else None
        if kind is not None and name in kind.methods:
            found.append(value)
    return found[0] if len(found) == 1 else None


def lends(machine: Machine, path: Path, *traits: str) -> bool:
    """Whether what objects of a type hold can be reached through a trait."""
    implemented = machine.program.implementations_of(path, machine.frame.module)
    return any(one.trait[-1:] == (trait,) for _, one in implemented for trait in traits)


def shared_value(machine: Machine, path: Path, world: World) -> list[Outcome] | None:
    """Return what a class holds under a name; None if the path means something else."""
    program = machine.package
    if program is None or len(path) < 3 or path[0] != "":
        return None
    home = program.class_at(path[:-1], machine.frame.module)
    if home is None:
        return None
    value = world.add(Thing("", Span(home.path, 0, 0), path=path[:-1]))
    outcomes: list[Outcome] = []
    for after in share(machine, home, path[-2], value, world):
        thing = after.thing(value)
        part = thing.parts.get(path[-1]) if thing is not None else None
        methods = program.methods(path[:-1], path[-1], home)
        other: Value = Symbol(path) if methods else Unknown(f"`{path[-1]}`")
        outcomes.append((after, part or other))
    return outcomes


def fresh(machine: Machine, function: Function, world: World) -> list[tuple[World, Value]]:
    """Return an object for a method of which no object is in sight."""
    program = machine.package
    if program is None or not function.owner:
        return []
    home = program.class_at(function.owner, machine.frame.module)
    if home is None or function.bound == "static":
        return []
    if function.bound == "class":
        return [(world, Symbol(function.owner))]
    value = world.add(Thing("", function.span, path=function.owner, label=function.owner[-1]))
    worlds = share(machine, home, function.owner[-1], value, world)
    if function.bound != "init":
        for after in worlds:
            _open(machine, home, function.owner[-1], value, after)
    return [(after, value) for after in worlds]


def _open(machine: Machine, home: Module, name: str, value: Value, world: World) -> None:
    """Of an object of a library's kind, made elsewhere, only the kind is known."""
    program = machine.package
    thing = world.thing(value)
    assert program is not None
    for base, _ in program.foreign_bases(name, home):
        kind = machine.api.kind_of_type(base)
        if kind is not None and thing is not None:
            world.update(value, Thing(kind.name, thing.site, path=thing.path, param=True))
            return


def is_class(machine: Machine, path: Path) -> bool:
    """Whether a full path means a class of the program."""
    program = machine.package
    if program is None or len(path) < 2:
        return False
    return program.class_at(path, machine.frame.module) is not None
