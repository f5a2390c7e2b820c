"""Files that are test code because of the `mod` line that takes them in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mtlslint.code.ir import Module, Path
from mtlslint.parsers.rust.attributes import is_test_path


def test_files(modules: Iterable[Module]) -> frozenset[str]:
    """Return the paths of a crate's files whose module exists only for tests, or lies in one."""
    every = tuple(modules)
    roots = {name for module in every for name in module.testing}
    if not roots:
        return frozenset()
    return frozenset(module.path for module in every if _below(module.name, roots))


def is_test_file(files: frozenset[str], path: str) -> bool:
    """Whether a file is among these `files`, or is test code by where it lies."""
    return path in files or is_test_path(path)


def as_test(module: Module) -> Module:
    """Return a module with all that it holds marked as test code."""
    return replace(
        module,
        functions=tuple(replace(one, test=True) for one in module.functions),
        implementations=tuple(replace(one, test=True) for one in module.implementations),
    )


def _below(name: Path, roots: set[Path]) -> bool:
    return any(name[:length] in roots for length in range(1, len(name) + 1))
