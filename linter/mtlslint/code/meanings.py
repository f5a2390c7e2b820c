"""What names mean where they are written, variables apart: it is found out once for a module."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mtlslint.code.api import Kind, Row
from mtlslint.code.ir import Path
from mtlslint.code.items import Function
from mtlslint.code.values import Unknown

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

_HERE = ("", "self", "crate", "super")


class Called(NamedTuple):
    """What a path that is called may mean; the first of these that it has decides.

    `role`: of a variant of `Option` or `Result`. `word`: what the language's data calls it.
    `row`, `functions`: the library's or the program's own. `receiver`: the kind of thing that the
    first argument is, in `Type::method(receiver)`.
    """

    role: str | None = None
    row: Row | None = None
    word: str | None = None
    functions: tuple[Function, ...] = ()
    receiver: Kind | None = None


class Sent(NamedTuple):
    """What a method's name says by itself, whatever it is called on.

    `kind`: of what the receiver must be. `only`: the one method of that name in the crate, if it
    takes a library's thing. `word`: what the language's data calls it. `result`: what comes of it
    if nothing is known.
    """

    kind: Kind | None
    only: Function | None
    word: str | None
    result: Unknown


def is_own(machine: Machine, path: Path) -> bool:
    """Whether a path leads to a type that the program itself defines."""
    module = machine.frame.module
    if path[0] in _HERE:
        path = machine.program.meaning(path, module)
    if path[0] not in _HERE and not machine.program.has_module(path[0], module):
        return False
    types = [path[:end] for end in (len(path), len(path) - 1) if end]
    return any(machine.program.fields(one, module) is not None for one in types)


def find(machine: Machine, path: Path) -> Row | None:
    """Return the row of a path as this module would mean it."""
    key = (path, id(machine.frame.module))
    if key not in machine.found:
        machine.found[key] = _find(machine, path)
    return machine.found[key]


def _find(machine: Machine, path: Path) -> Row | None:
    if is_own(machine, path):
        return None
    row = machine.api.find(path)
    if row is None:
        path = machine.program.meaning(path, machine.frame.module)
        row = machine.api.find(path) if not is_own(machine, path) else None
    if row is None and path[0] not in _HERE:
        for glob in machine.frame.module.globs:
            row = row or machine.api.find((*glob, *path))
    return row


def called(machine: Machine, path: Path) -> Called:
    """Return what a path means that is called."""
    key = (path, id(machine.frame.module))
    found = machine.called.get(key)
    if found is None:
        found = machine.called[key] = _called(machine, path)
    return found


def _called(machine: Machine, path: Path) -> Called:
    api, module = machine.api, machine.frame.module
    role = api.variants.get(path[-1])
    row = find(machine, path) if role is None else None
    if role is not None or row is not None:
        return Called(role, row)
    bare_words = len(path) > 1 or api.anchored
    return Called(
        word=api.plumbing.get("::".join(path[-2:])) if bare_words else None,
        functions=machine.program.functions(path, module),
        receiver=machine.kind_of(path[:-1]) if len(path) > 1 else None,
    )


def sent(machine: Machine, name: str) -> Sent:
    """Return what a method's name says."""
    key = (name, id(machine.frame.module))
    found = machine.sent.get(key)
    if found is None:
        found = machine.sent[key] = _sent(machine, name)
    return found


def _sent(machine: Machine, name: str) -> Sent:
    api, own = machine.api, machine.program.methods_named(name, machine.frame.module)
    only = own[0][1] if len(own) == 1 and not api.anchored else None
    takes = only is not None and any(machine.kind_of(one.declared) for one in only.params[1:])
    return Sent(
        kind=api.kinds[api.anywhere[name]] if name in api.anywhere and not own else None,
        only=only if takes else None,
        word=api.plumbing.get(name),
        result=Unknown(f"result of `{name}`"),
    )
