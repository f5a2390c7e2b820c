"""All modules of one crate or package, and who is meant by a path in one of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from mtlslint.code.ir import Node, Path
from mtlslint.code.items import Function, Implementation, Module
from mtlslint.code.walk import Kinds, by_kind
from mtlslint.source import Span


class Program(ABC):
    """Functions, methods, constants and types, looked up by path, then by unique name."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self.modules = tuple(modules)
        self._functions: defaultdict[str, list[tuple[Module, Function]]] = defaultdict(list)
        self._methods: defaultdict[tuple[str, str], list[tuple[Module, Function]]] = defaultdict(
            list
        )
        self._constants: defaultdict[str, list[tuple[Module, Node]]] = defaultdict(list)
        self._types: defaultdict[str, list[tuple[Module, dict[str, Path]]]] = defaultdict(list)
        self._usual: defaultdict[str, list[tuple[Module, Mapping[str, str]]]] = defaultdict(list)
        self.implementations: defaultdict[str, list[tuple[Module, Implementation]]] = defaultdict(
            list
        )
        self._module_names = {(one.crate, name) for one in self.modules for name in one.name[-1:]}
        self.module_of: dict[int, Module] = {}
        self._nodes: dict[int, Kinds] = {}
        for module in self.modules:
            self._index(module)

    def _index(self, module: Module) -> None:
        for function in module.functions:
            self.module_of[id(function)] = module
            if function.owner:
                self._methods[function.owner[-1], function.name].append((module, function))
            else:
                self._functions[function.name].append((module, function))
        for name, node in module.constants.items():
            self._constants[name].append((module, node))
        for name, fields in module.types.items():
            self._types[name].append((module, dict(fields)))
        for name, texts in module.usual.items():
            self._usual[name].append((module, texts))
        for implementation in module.implementations:
            self.implementations[implementation.owner[-1]].append((module, implementation))

    def nodes(self, body: Node) -> Kinds:
        """Return all code of a piece of the program by its type; it is gone through once."""
        found = self._nodes.get(id(body))
        if found is None:
            found = self._nodes[id(body)] = by_kind(body)
        return found

    @abstractmethod
    def functions(self, path: Path, module: Module) -> tuple[Function, ...]:
        """Return the functions a path may mean: one, or build-time twins; none if not in sight."""

    @abstractmethod
    def methods(self, owner: Path, name: str, module: Module) -> tuple[Function, ...]:
        """Return the methods of that name on a type."""

    def methods_of(self, owner: str) -> tuple[Function, ...]:
        """Return all methods of types of that name."""
        return self._by_owner.get(owner, ())

    @cached_property
    def _by_owner(self) -> dict[str, tuple[Function, ...]]:
        found: dict[str, tuple[Function, ...]] = {}
        for _, function in self.everything:
            if function.owner:
                found[function.owner[-1]] = (*found.get(function.owner[-1], ()), function)
        return found

    def methods_named(self, name: str, module: Module) -> list[tuple[Module, Function]]:
        """Return the methods of that name on any type of a module's crate."""
        return [one for one in self._by_method.get(name, ()) if one[0].crate == module.crate]

    def defines_method(self, name: str, module: Module) -> bool:
        """Whether any type of a module's crate has a method of that name."""
        return bool(self.methods_named(name, module))

    @cached_property
    def _by_method(self) -> dict[str, tuple[tuple[Module, Function], ...]]:
        found: dict[str, tuple[tuple[Module, Function], ...]] = {}
        for (_, name), pairs in self._methods.items():
            found[name] = (*found.get(name, ()), *pairs)
        return found

    def has_module(self, name: str, module: Module) -> bool:
        """Whether a module of that name is the own crate's."""
        return (module.crate, name) in self._module_names

    def extends(self, name: str, module: Module) -> bool:
        """Whether a crate adds a method of that name to a type that isn't its own."""
        return any(
            one.owner[-1] not in self._types or one.owner == one.trait
            for _, one in self.methods_named(name, module)
        )

    def inherited(
        self, name: str, module: Module, fits: Callable[[Path, Module], bool]
    ) -> tuple[Function, ...]:
        """Return the method that a type has from a trait; `fits` says whether a path is the type's.

        That is one of which it has none of its own.
        """
        return ()

    def constant(self, path: Path, module: Module) -> tuple[Module, Node] | None:
        """Return the constant that a path means, in languages that have any, and its module."""
        return None

    def fields(self, path: Path, module: Module) -> dict[str, Path] | None:
        """Return the declared types of a type's fields; None if the type isn't the program's."""
        found = self._types.get(path[-1], [])
        here = [fields for owner, fields in found if owner is module]
        if here:
            return here[0]
        return found[0][1] if len(found) == 1 else ({} if found else None)

    def usual(self, path: Path, module: Module) -> Mapping[str, str]:
        """Return the texts that a type's fields have unless somebody sets them."""
        return {}

    def implementations_of(self, path: Path, module: Module) -> list[tuple[Module, Implementation]]:
        """Return what a type implements, with where that is said."""
        return self.implementations.get(path[-1], [])

    def place(self, path: Path, module: Module) -> Path:
        """Return the full path of what a path means, as far as that is known."""
        return path

    def key(self, path: Path, module: Module) -> Path:
        """Return what tells a type from others."""
        return path[-1:]

    def meaning(self, path: Path, module: Module) -> Path:
        """Return a path with what the program hands on under a name of its own followed."""
        return path

    def leads_inside(self, path: Path, module: Module) -> bool:
        """Whether a path may lead to something of the program."""
        return True

    def crate_of(self, path: Path, module: Module) -> str:
        """Return the crate that a path written in a module leads to."""
        return module.crate

    def is_elsewhere(self, span: Span, other: Span) -> bool:
        """Whether two places are in different crates."""
        return False

    def is_library(self, module: Module) -> bool:
        """Whether other programs may use a module's functions."""
        return False

    @cached_property
    def everything(self) -> tuple[tuple[Module, Function], ...]:
        """All functions with their modules."""
        return tuple((module, one) for module in self.modules for one in module.functions)

    @cached_property
    def by_crate(self) -> dict[str, list[tuple[Module, Function]]]:
        """All functions with their modules by the crate that they belong to."""
        found: dict[str, list[tuple[Module, Function]]] = {}
        for module, function in self.everything:
            found.setdefault(module.crate, []).append((module, function))
        return found

    @cached_property
    def by_file(self) -> dict[str, list[Function]]:
        """All functions by the file that they stand in."""
        found: dict[str, list[Function]] = {}
        for _, function in self.everything:
            found.setdefault(function.span.path, []).append(function)
        return found


def constant_name(path: Path) -> str:
    """Return by what a constant is kept: those of types are under the type's name."""
    owned = len(path) > 1 and path[-2][:1].isupper()
    return "::".join(path[-2:]) if owned else path[-1]


def twins(found: list[Function]) -> tuple[Function, ...]:
    """Return the one function that is meant, or several if build-time switches choose.

    What only tests have takes nobody's place.
    """
    found = [one for one in found if not one.test] or found
    if len(found) > 1 and not all(one.conditions for one in found):
        return ()
    return tuple(found)
