"""Crates that know each other: who is meant by a path, wherever in them it is written.

A place is a path from the root: an empty first part, the crate, its modules, the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from mtlslint.code.ir import Node, Path
from mtlslint.code.items import Function, Implementation, Module
from mtlslint.code.program import Program, constant_name, twins
from mtlslint.source import Span

_HOPS = 6
_T = TypeVar("_T")

Written = tuple[Path, int]
"""A path and the module that it is written in."""


class Workspace(Program):
    """Names are looked up by place, then by what is unique in the crate that the path leads to.

    `names` says by which names crates are called in code, `renames` which of them call others
    otherwise. In the crates of `rooted`, imports begin at the crate's root (Rust before 2018).
    """

    def __init__(
        self,
        modules: Iterable[Module],
        names: Mapping[str, str],
        renames: Mapping[str, Mapping[str, str]],
        rooted: Container[str] = (),
    ) -> None:
        super().__init__(modules)
        self._rooted = rooted
        self._names = names
        self._renames = renames
        self._at: defaultdict[Path, list[Module]] = defaultdict(list)
        self._roots = {id(module): ("", module.crate, *module.name) for module in self.modules}
        for module in self.modules:
            self._at[self._root(module)].append(module)
        self._places: dict[Written, Path] = {}
        self._meanings: dict[Written, Path] = {}
        self._meant_functions: dict[Written, tuple[Function, ...]] = {}
        self._meant_methods: dict[tuple[Written, str], tuple[Function, ...]] = {}
        self._meant_fields: dict[Written, dict[str, Path] | None] = {}
        self._homes = {(*self._root(one), name) for one in self.modules for name in one.types}
        self._crates = {one.path: one.crate for one in self.modules}
        self._libraries = {
            one.crate for one in self.modules if one.path.rpartition("/")[2] == "lib.rs"
        }

    def place(self, path: Path, module: Module) -> Path:
        """Return the place of what a path means in a module; empty if it isn't the program's."""
        key = (path, id(module))
        if key not in self._places:
            self._places[key] = self._placed(path, module) or self._starred(path, module)
        return self._places[key]

    def _starred(self, path: Path, module: Module) -> Path:
        """Return the place of one of the program's types that a glob import brings in."""
        if not module.globs:
            return ()
        places = {self._placed((*glob, *path), module) for glob in module.globs if path}
        found = places & self._homes
        return found.pop() if len(found) == 1 else ()

    def _placed(self, path: Path, module: Module) -> Path:
        if not path or path[0] == "":
            return path if len(path) > 2 else ()
        base = self._root(module)
        first = path[0]
        if first == "crate":
            return (*base[:2], *path[1:])
        if first == "self":
            return (*base, *path[1:])
        if first == "super":
            ups = next((at for at, part in enumerate(path) if part != "super"), len(path))
            return (*base[: max(2, len(base) - ups)], *path[ups:])
        if (*base, first) in self._at:
            return (*base, *path)
        crate = self._names.get(self._renames.get(module.crate, {}).get(first, first))
        if crate is not None:
            return ("", crate, *path[1:])
        rooted = module.crate in self._rooted and (*base[:2], first) in self._at
        return (*base[:2], *path) if rooted else ()

    def meaning(self, path: Path, module: Module) -> Path:
        """Return a path with what crates hand on under a name of their own followed."""
        key = (path, id(module))
        if key not in self._meanings:
            self._meanings[key] = self._followed(path, module)
        return self._meanings[key]

    def _followed(self, path: Path, module: Module) -> Path:
        for _ in range(_HOPS):
            place = self.place(path, module)
            handed = self._handed_on(place) if place else None
            if handed is None:
                break
            path, module = handed
        return path

    def _handed_on(self, place: Path) -> tuple[Path, Module] | None:
        for at in range(len(place) - 1, 1, -1):
            for module in self._at.get(place[:at], ()):
                name = place[at]
                target = module.imports.get(name)
                if target is not None and name not in module.types:
                    return (*target, *place[at + 1 :]), module
        return None

    def key(self, path: Path, module: Module) -> Path:
        """Return what tells a type from others of its name."""
        return self.place(path, module) or path[-1:]

    def functions(self, path: Path, module: Module) -> tuple[Function, ...]:
        """Return the functions a path may mean: one, or build-time twins; none if not in sight."""
        if len(path) > 1 and path[-2][:1].isupper():
            return self.methods(path[:-1], path[-1], module)
        key = (path, id(module))
        if key not in self._meant_functions:
            found = self._meant(self._functions.get(path[-1], []), path, module)
            self._meant_functions[key] = twins([one for _, one in found])
        return self._meant_functions[key]

    def methods(self, owner: Path, name: str, module: Module) -> tuple[Function, ...]:
        """Return the methods of that name on a type."""
        key = (owner, id(module)), name
        if key not in self._meant_methods:
            self._meant_methods[key] = self._methods_at(owner, name, module)
        return self._meant_methods[key]

    def _methods_at(self, owner: Path, name: str, module: Module) -> tuple[Function, ...]:
        found = self._methods.get((owner[-1], name), [])
        if found:
            place = self.place(owner, module)
            own = [one for one in found if place and self.place(one[1].owner, one[0]) == place]
            known = bool(own) or place in self._homes
            found = own if known else self._meant(found, owner, module)
        return twins([one for where, one in found if not self._differs(one, where)])

    def _differs(self, function: Function, module: Module) -> bool:
        """Whether some type has a method of its own for what a trait has written out."""
        return function.owner == function.trait and any(
            function.name in one.methods and not one.test
            for _, one in self._implementing.get(self.key(function.trait, module), ())
        )

    def inherited(
        self, name: str, module: Module, fits: Callable[[Path, Module], bool]
    ) -> tuple[Function, ...]:
        """Return the method that a type has from a trait; `fits` says whether a path is the type's.

        That is one of which it has none of its own.
        """
        found = [
            function
            for where, function in self.methods_named(name, module)
            if function.owner == function.trait
            for home, one in self._implementing.get(self.key(function.trait, where), ())
            if name not in one.methods and (_is_any(one.owner) or fits(one.owner, home))
        ]
        return twins(found)

    @cached_property
    def _implementing(self) -> dict[Path, list[tuple[Module, Implementation]]]:
        found: dict[Path, list[tuple[Module, Implementation]]] = {}
        for module in self.modules:
            for one in module.implementations:
                found.setdefault(self.key(one.trait, module), []).append((module, one))
        return found

    def constant(self, path: Path, module: Module) -> tuple[Module, Node] | None:
        """Return the constant that a path means and the module it is in."""
        name = constant_name(path)
        where = path[:-1] if "::" in name else path
        found = self._meant(self._constants.get(name, []), where, module)
        return found[0] if len(found) == 1 else None

    def fields(self, path: Path, module: Module) -> dict[str, Path] | None:
        """Return the declared types of a type's fields; None if the type isn't the program's."""
        key = (path, id(module))
        if key not in self._meant_fields:
            found = self._meant(self._types.get(path[-1], []), path, module)
            fields = found[0][1] if len(found) == 1 else {}
            self._meant_fields[key] = fields if found else None
        return self._meant_fields[key]

    def usual(self, path: Path, module: Module) -> Mapping[str, str]:
        """Return the texts that a type's or variant's fields have unless somebody sets them."""
        for name, where in (("::".join(path[-2:]), path[:-1]), (path[-1], path)):
            found = self._meant(self._usual.get(name, []), where, module) if where else []
            if len(found) == 1:
                return found[0][1]
        return {}

    def implementations_of(self, path: Path, module: Module) -> list[tuple[Module, Implementation]]:
        """Return what a type implements, with where that is said."""
        found = self.implementations.get(path[-1], [])
        place = self.place(path, module)
        own = [one for one in found if place and self.place(one[1].owner, one[0]) == place]
        return own or self._meant(found, path, module)

    def crate_of(self, path: Path, module: Module) -> str:
        """Return the crate that a path written in a module leads to."""
        place = self.place(path, module)
        return place[1] if place else module.crate

    def is_elsewhere(self, span: Span, other: Span) -> bool:
        """Whether two places are in different crates."""
        return self._crates.get(span.path) != self._crates.get(other.path)

    def is_library(self, module: Module) -> bool:
        """Whether other programs may use a module's functions."""
        return module.crate in self._libraries

    def _meant(
        self, found: list[tuple[Module, _T]], path: Path, module: Module
    ) -> list[tuple[Module, _T]]:
        """Return those that stand where a path leads, else those that it may mean."""
        if not found:
            return []
        place = self.place(path, module)
        crate = place[1] if place else module.crate
        inside = [one for one in found if one[0].crate == crate]
        if place:
            return [one for one in inside if self._root(one[0]) == place[:-1]] or inside
        if len(path) == 1:
            return [one for one in inside if one[0] is module] or inside
        return [one for one in inside if one[0].name[-1:] == path[-2:-1]]

    def _root(self, module: Module) -> Path:
        return self._roots[id(module)]


def _is_any(owner: Path) -> bool:
    """Whether what implements a trait is a type that is left open: `impl<T> Ext for T`."""
    return len(owner) == 1 and len(owner[0]) == 1
