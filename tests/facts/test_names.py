"""Each name of Python's table is one that the installed library has."""

from __future__ import annotations

import inspect

import pytest
from installed import checked, label, require, table, thing, version_of
from mtlslint.code.api import Row
from ranges import within
from signatures import read_by, signature_of

NESTED = {one.row for row in table().rows.values() for one in row.nested}
FILES = {"gunicorn::Settings", "gunicorn::HookedSettings", "celery::use_ssl"}
NAMES = sorted(
    path for path in table().rows.keys() - NESTED - FILES if checked(path) and path[-1] != "="
)
"""Names that programs call; the others stand for keys of a dictionary or a file, or are set."""


def _named(path: str) -> str:
    library, _, name = path.partition("::")
    return f"{label(library)}: {name}"


@pytest.mark.parametrize("path", NAMES, ids=_named)
def test_a_name_exists(path: str) -> None:
    require(path.partition("::")[0])
    assert (thing(path) is not None) == within(path)


@pytest.mark.parametrize("path", NAMES, ids=_named)
def test_arguments_are_called_and_placed_so(path: str) -> None:
    require(path.partition("::")[0])
    if within(path):
        _compare(path, thing(path), table().rows[path])


def _classes() -> dict[str, set[str]]:
    """Return by kind the names of the classes whose objects are of that kind."""
    found = {name: set(kind.types) for name, kind in table().kinds.items()}
    for path in NAMES:
        installed = version_of(path.partition("::")[0]) and within(path)
        row = table().rows[path]
        if row.makes and installed and inspect.isclass(thing(path)):
            found[row.makes].add(path)
    return found


METHODS = [
    (path, method)
    for kind, paths in _classes().items()
    for path in sorted(filter(checked, paths))
    for method in table().kinds[kind].methods
]


@pytest.mark.parametrize(("path", "method"), METHODS, ids=lambda one: one)
def test_arguments_of_methods_are_called_and_placed_so(path: str, method: str) -> None:
    require(path.partition("::")[0])
    function = getattr(thing(path), method, None)
    row = next(
        kind.methods[method]
        for name, kind in table().kinds.items()
        if path in _classes()[name] and method in kind.methods
    )
    if function is not None:
        _compare(f"{path}::{method}", function, row, bound=inspect.ismethod(function))


def _compare(path: str, function: object, row: Row, bound: bool = True) -> None:
    """Fail where an argument that the library takes is read as another one, or never."""
    signature = signature_of(function, bound)
    if signature is None or row.bits is not None:
        return
    for said, real in zip(row.params, signature.positions, strict=False):
        assert real in ("", said), f"argument {said!r} of {path} is {real!r}"
    written_later = table().kinds[row.makes].fields if row.makes else {}
    for name in {*read_by(row), *row.params[len(signature.positions) :]} - written_later.keys():
        taken = name in signature.names or signature.open or "" in signature.positions
        assert taken == within(f"{path}({name})"), f"{path} has no {name!r}"
