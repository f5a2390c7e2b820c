"""A program of modules that are loaded, with classes that inherit."""

from __future__ import annotations

from collections.abc import Iterable

from mtlslint.code.ir import Path
from mtlslint.code.items import Function, Module
from mtlslint.code.program import Program

_HOPS = 6


class Package(Program):
    """Names are looked up as imports say. An empty first part marks a path from the root."""

    def __init__(self, modules: Iterable[Module]) -> None:
        super().__init__(modules)
        self._by_last: dict[str, list[Module]] = {}
        for module in self.modules:
            self._by_last.setdefault(module.name[-1] if module.name else "", []).append(module)
        self._split: dict[tuple[Path, str], tuple[Path, Path]] = {}

    def module_at(self, path: Path, module: Module) -> Module | None:
        """Return the module that a path means as seen from `module`."""
        if path and path[0] == "":
            path = path[1:]
            last = path[-1] if path else ""
            return _nearest([m for m in self._by_last.get(last, []) if m.name == path], module)
        if not path:
            return None
        found = [
            one
            for one in self._by_last.get(path[-1], [])
            if one.name[-len(path) :] == path and _reaches(one.name[: -len(path)], module)
        ]
        return _nearest(found, module)

    def split(self, path: Path, module: Module) -> tuple[Path, Path]:
        """Return the full path of what is named, re-exports followed, and attributes of it."""
        key = (path, module.path)
        if key not in self._split:
            self._split[key] = self._follow(path, module)
        return self._split[key]

    def leads_inside(self, path: Path, module: Module) -> bool:
        """Whether a path may lead to something of the program."""
        return self._holder(path, module) is not None

    def _follow(self, path: Path, module: Module) -> tuple[Path, Path]:
        for _ in range(_HOPS):
            held = self._holder(path, module)
            if held is None:
                return path, ()
            holder, at = held
            name, rest = path[at], path[at + 1 :]
            whole = ("", *holder.name, name)
            if name in holder.types:
                return (*whole, *rest), ()
            defined = any(f.name == name and not f.owner for f in holder.functions)
            target = holder.imports.get(name)
            if defined or target is None or target == path:
                return whole, rest
            path, module = (*target, *rest), holder
        return path, ()

    def _holder(self, path: Path, module: Module) -> tuple[Module, int] | None:
        for at in range(len(path) - 1, 0, -1):
            holder = self.module_at(path[:at], module)
            if holder is not None:
                return holder, at
        return None

    def functions(self, path: Path, module: Module) -> tuple[Function, ...]:
        """Return the function or method that a full path means, twins in arms of a choice too."""
        if len(path) < 2:
            return ()
        held = self._holder(path, module)
        if held is None:
            return ()
        holder, at = held
        if len(path) == at + 2 and path[at] in holder.types:
            return self.methods((path[at],), path[-1], holder)
        if len(path) != at + 1:
            return ()
        found = [f for f in holder.functions if f.name == path[-1] and not f.owner]
        if found and found[-1].conditions:
            return tuple(f for f in found if f.conditions)
        return tuple(found[-1:])

    def methods(self, owner: Path, name: str, module: Module) -> tuple[Function, ...]:
        """Return the method of that name on a class or what it inherits from."""
        for _, _, found in self.lineage(owner[-1], module, name):
            if found is not None:
                return (found,)
        return ()

    def lineage(
        self, owner: str, module: Module, method: str = ""
    ) -> list[tuple[Module, str, Function | None]]:
        """Return a class and its bases in the program, nearest first, with a method of each."""
        waiting, seen = [(owner, module)], set[tuple[str, str]]()
        result: list[tuple[Module, str, Function | None]] = []
        while waiting:
            name, where = waiting.pop(0)
            home = self._home(name, where)
            if home is None or (home.path, name) in seen:
                continue
            seen.add((home.path, name))
            own = [f for m, f in self._methods.get((name, method), []) if m is home]
            result.append((home, name, own[-1] if own else None))
            for base in home.bases.get(name, ()):
                path, _ = self.split(base, home)
                waiting.append((path[-1], self.module_at(path[:-1], home) or home))
        return result

    def foreign_bases(self, owner: str, module: Module) -> list[tuple[Path, Module]]:
        """Return the bases of a class, and of its bases, that aren't the program's."""
        found: list[tuple[Path, Module]] = []
        for home, name, _ in self.lineage(owner, module):
            for base in home.bases.get(name, ()):
                path, _ = self.split(base, home)
                if self.class_at(path, home) is None:
                    found.append((path, home))
        return found

    def class_at(self, path: Path, module: Module) -> Module | None:
        """Return the module that defines the class of a full path."""
        holder = self.module_at(path[:-1], module) if len(path) > 1 else None
        return holder if holder is not None and path[-1] in holder.types else None

    def _home(self, name: str, module: Module) -> Module | None:
        if name in module.types:
            return module
        found = [owner for owner, _ in self._types.get(name, [])]
        return found[0] if len(found) == 1 else None


def _reaches(prefix: Path, module: Module) -> bool:
    """Whether a path may leave the folders `prefix` out: sources folder, or around the module."""
    return prefix == module.name[: len(prefix)] or prefix[-1:] in (("src",), ("lib",))


def _nearest(found: list[Module], module: Module) -> Module | None:
    if len(found) < 2:
        return found[0] if found else None
    return max(found, key=lambda one: _shared(one.name, module.name))


def _shared(one: Path, other: Path) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
