"""`mod x;`: what is said where a file is declared holds for all that is in it.

A file is read without knowing who declares it. Once all files of a crate are there, those that
only test code declares become test code, and those that only exist under a switch get it as a
condition, so that two of them are twins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mtlslint.code.ir import Condition, Path
from mtlslint.code.items import Function, Module, Submodule


def placed(modules: Iterable[Module]) -> tuple[Module, ...]:
    """Return a crate's modules with what their declarations say of them."""
    every = tuple(modules)
    said = _declarations(every)
    if not said:
        return every
    return tuple(_placed(module, said) for module in every)


def _declarations(modules: tuple[Module, ...]) -> dict[Path | str, list[Submodule]]:
    """Return who declares what, by its path in the crate or, where that is written, its file."""
    found: dict[Path | str, list[Submodule]] = {}
    for module in modules:
        for child in module.children:
            name = (*module.name, child.name)
            found.setdefault(_file(module, child) if child.file else name, []).append(child)
    every = (one for each in found.values() for one in each)
    return found if any(one.test or one.conditions for one in every) else {}


def _file(module: Module, child: Submodule) -> str:
    folder = module.path.rpartition("/")[0]
    return f"{folder}/{child.file}" if folder else child.file


def _placed(module: Module, said: dict[Path | str, list[Submodule]]) -> Module:
    test, conditions = False, list[Condition]()
    for end in range(1, len(module.name) + 1):
        by_file = said.get(module.path, []) if end == len(module.name) else []
        declared = said.get(module.name[:end], []) + by_file
        test = test or (bool(declared) and all(one.test for one in declared))
        if declared and all(one.conditions for one in declared):
            conditions += declared[0].conditions
    if not test and not conditions:
        return module
    return replace(
        module,
        functions=tuple(_under(one, conditions, test) for one in module.functions),
        implementations=tuple(
            replace(one, test=one.test or test) for one in module.implementations
        ),
        test=module.test or test,
    )


def _under(function: Function, conditions: list[Condition], test: bool) -> Function:
    kept = tuple(one for one in conditions if one not in function.conditions)
    return replace(function, conditions=(*kept, *function.conditions), test=function.test or test)
