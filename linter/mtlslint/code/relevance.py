"""Which functions can matter: those that use a library of the API data, and their callers.

Everything else is only run where it is small, for what it returns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mtlslint.code.api import Api
from mtlslint.code.ir import Assign, Bind, Chain, Field, Invoke, Method, Name, Node, Path, Record
from mtlslint.code.items import Function, Module
from mtlslint.code.program import Program
from mtlslint.code.vocabulary import configures, serves_tls

SMALL = 120
"""Nodes of code up to which a function is run although it uses no library."""


TELLING = 30
"""Functions that use a method's name, above which the name says nothing of who is meant."""


class Relevance:
    """What is known of a program's functions before any is run."""

    def __init__(self, program: Program, apis: Mapping[str, Api]) -> None:
        api = apis[""]
        self._api = api
        self._program = program
        self._words = api.vocabulary
        self._methods: dict[str, frozenset[int]] = {}
        self._spoken: dict[tuple[Path, int], bool] = {}
        self.sizes: dict[int, int] = {}
        self.mentions: dict[int, frozenset[str]] = {}
        self._paths: dict[int, set[Path]] = {}
        self._sent: dict[int, set[str]] = {}
        self._calls: dict[tuple[str, str], dict[int, list[Function]]] = {}
        self.users: dict[tuple[str, str], list[Function]] = {}
        self.relevant: set[int] = set()
        self._renamed = set[Path]()
        if api.anchored:
            self._renamed |= {*self._renamings(), *self._derived()}
        self._ends = frozenset(self._endings())
        for module, function in program.everything:
            self._api = apis.get(module.crate, api)
            self._look(program, module, function)
        known = frozenset(key for _, function in program.everything for key in _called(function))
        known |= program.implementations.keys()
        for module, function in program.everything:
            for key in self._mentioned(module, function, known):
                self.users.setdefault(key, []).append(function)
        self._add_methods(program)
        self._spread()

    def _renamings(self) -> Iterator[Path]:
        """Yield the variables of modules that are functions of a library under another name."""
        for module in self._program.modules:
            for node in module.body.body if module.body is not None else ():
                named = self._named(node.value) if isinstance(node, Assign) else None
                if named is not None and isinstance(node, Assign):
                    target = node.target.path if isinstance(node.target, Name) else ()
                    if len(target) > 2 and self._api.find(named.path) is not None:
                        yield target

    def _endings(self) -> Iterator[str]:
        """Yield how paths end that may lead to a row: most are of variables, and end otherwise."""
        yield from (*self._words.ends, *self._words.serving, *self._api.verdicts.calls)
        yield from (path[-1] for path in self._renamed)
        for module in self._program.modules:
            yield from (name for name, path in module.imports.items() if path[-1:] != (name,))

    def _derived(self) -> Iterator[Path]:
        """Yield the program's classes that inherit from what is an endpoint by itself."""
        for module in self._program.modules:
            for name, bases in module.bases.items():
                rows = [row for base in bases if (row := self._api.find(base)) is not None]
                kinds = [self._api.kinds[row.makes] for row in rows if row.makes]
                if any(kind.side for kind in kinds):
                    yield "", *module.name, name

    def _named(self, node: Node) -> Name | None:
        """Return the name of a function, also where some of its arguments are given."""
        first = node.steps[0] if isinstance(node, Chain) and len(node.steps) == 1 else None
        if isinstance(node, Chain) and isinstance(node.base, Name) and isinstance(first, Invoke):
            word = self._api.plumbing.get("::".join(node.base.path[-2:]))
            node = first.args[0] if word == "partial" and first.args else node
        return node if isinstance(node, Name) else None

    def _look(self, program: Program, module: Module, function: Function) -> None:
        kinds = program.nodes(function.body)
        methods = kinds.get(Method, ())
        paths = {one.path for kind in (Name, Record) for one in kinds.get(kind, ())}
        called = {one.name for one in methods}
        owned = {"::".join(path[-2:]) for path in paths if len(path) > 1}
        names = called | owned | {path[-1] for path in paths}
        self._paths[id(function)] = paths
        self._sent[id(function)] = called
        calls = (*methods, *kinds.get(Invoke, ())) if self._api.anchored else methods
        keywords = {name for one in calls if one.keywords for name, _ in one.keywords}
        declared = {one.declared for one in (*function.params, *kinds.get(Bind, ()))} - {()}
        self.sizes[id(function)] = sum(map(len, kinds.values()))
        self.mentions[id(function)] = frozenset(names)
        if (
            not called.isdisjoint(self._words.telling)
            or not self._words.keywords.isdisjoint(keywords)
            or any(self._speaks(path, module) for path in paths)
            or (function.bound == "init" and any(self._makes(path, module) for path in paths))
            or any(self._sets(one.target) for one in kinds.get(Assign, ()))
            or any(self._is_kind(path, module) for path in declared)
            or self._is_interface(function.trait, module)
            or self._is_interface(function.returns, module)
            or (not self._words.opening.isdisjoint(names) and self._holds(module, function))
        ):
            self.relevant.add(id(function))

    def _holds(self, module: Module, function: Function) -> bool:
        """Whether a method's object holds something of a library."""
        held = _held(self._program, module, function)
        return any(self._is_kind(path, module) for path in held)

    def _is_interface(self, path: Path, module: Module) -> bool:
        """Whether a trait is one by which programs judge certificates themselves."""
        if not path:
            return False
        meant = (path, self._program.meaning(path, module))
        return any(self._api.interface(one) in self._api.interfaces for one in meant)

    def _is_kind(self, path: Path, module: Module) -> bool:
        if not path:
            return False
        meant = (path, self._program.meaning(path, module))
        return any(self._api.kind_of_type(one) is not None for one in meant)

    def _sets(self, target: Node) -> bool:
        """Whether an attribute of something is set that only things of libraries have."""
        last = target.steps[-1] if isinstance(target, Chain) and target.steps else None
        return isinstance(last, Field) and last.name in self._words.fields

    def _speaks(self, path: Path, module: Module) -> bool:
        """Whether a path means something of a library where it is written."""
        if path[-1] not in self._ends and self._words.phantoms.isdisjoint(path):
            return False
        key = (path, id(module))
        found = self._spoken.get(key)
        if found is None:
            found = self._spoken[key] = self._leads(path, module)
        return found

    def _leads(self, path: Path, module: Module) -> bool:
        if self._tells(path) or path[-1] in self._api.verdicts.calls:
            return True
        meant = self._program.meaning(path, module)
        if meant != path and self._tells(meant):
            return True
        return any(self._tells((*glob, *meant)) for glob in module.globs)

    def _tells(self, path: Path) -> bool:
        """Whether a path is a library's; plain sockets and loops alone say nothing of TLS."""
        row = self._api.find(path)
        if row is None and path[0] == "" and len(path) > 2:
            return path[-1] in self._words.serving or path in self._renamed
        if row is None or not self._api.anchored:
            return row is not None
        kind = self._api.kinds.get(row.makes)
        chosen = bool(row.becomes) or row.either is not None
        return configures(row) or chosen or (kind is not None and serves_tls(kind))

    def _makes(self, path: Path, module: Module) -> bool:
        """Whether a path is something of a library that other methods may go on with."""
        if path[-1] in self._api.modes:
            return True
        row = self._api.find(path) or self._api.find(self._program.meaning(path, module))
        kind = self._api.kinds.get(row.makes) if row is not None and self._api.anchored else None
        return kind is not None and any(map(configures, kind.methods.values()))

    def _add_methods(self, program: Program) -> None:
        """What one method of a type stores, the others may use."""
        owners = {
            program.key(function.owner, module)
            for module, function in program.everything
            if function.owner and id(function) in self.relevant
        }
        for module, function in program.everything:
            opens = not self.mentions[id(function)].isdisjoint(self._words.opening)
            makes = self._api.anchored and function.bound == "init"
            owner = function.owner and (opens or makes)
            if owner and program.key(function.owner, module) in owners:
                self.relevant.add(id(function))

    def _spread(self) -> None:
        """Add callers until nothing changes; a method is known by its name alone.

        Who names a function by a path means that one: `main` of a script has namesakes everywhere.
        """
        waiting = [one for _, one in self._program.everything if id(one) in self.relevant]
        done: set[object] = set()
        while waiting:
            called = waiting.pop()
            for key in _called(called):
                for caller in self._callers(called, key, done):
                    if id(caller) not in self.relevant and self._gains(caller, called):
                        self.relevant.add(id(caller))
                        waiting.append(caller)

    def _callers(self, called: Function, key: str, done: set[object]) -> list[Function]:
        """Return who may call a function by a name; methods of one name have the same callers."""
        crate = self._program.module_of[id(called)].crate
        if not called.owner:
            return self._callers_by_path(crate, key).get(id(called), [])
        alike = (crate, key, called.name, called.bound, called.test)
        users = self.users.get((crate, key), [])
        if alike in done or ("::" not in key and len(users) > TELLING):
            return []
        done.add(alike)
        return users

    def _callers_by_path(self, crate: str, name: str) -> dict[int, list[Function]]:
        """Return who names which function of that name by a path."""
        found = self._calls.get((crate, name))
        if found is None:
            found = self._calls[crate, name] = {}
            for caller in self.users.get((crate, name), ()):
                module = self._program.module_of[id(caller)]
                for path in self._paths[id(caller)]:
                    for one in self._program.functions(path, module) if path[-1] == name else ():
                        found.setdefault(id(one), []).append(caller)
        return found

    def _mentioned(
        self, module: Module, function: Function, known: frozenset[str]
    ) -> Iterator[tuple[str, str]]:
        """Yield what a function mentions of what is known, and the crate that is meant."""
        for name in self.mentions[id(function)] & known:
            yield module.crate, name
        for path in self._paths[id(function)]:
            names = {path[-1], "::".join(path[-2:])} & known if len(path) > 1 else ()
            crate = self._program.crate_of(path, module) if names else module.crate
            if crate != module.crate:
                yield from ((crate, name) for name in names)

    def _gains(self, caller: Function, called: Function) -> bool:
        """Whether a caller can tell more than what it calls; of tests only their own calls count.

        What a test is given counts where the test itself puts it to use.
        """
        tests = caller.test and not called.test
        if tests and self.mentions[id(caller)].isdisjoint(self._words.opening):
            return False
        return not called.owner or self._may_send(caller, called)

    def _may_send(self, caller: Function, called: Function) -> bool:
        """Whether a caller may call a method, and not only something of a library by a path."""
        name = called.name
        if called.bound == "init" or name in self._sent[id(caller)]:
            return True
        module = self._program.module_of[id(caller)]
        named = (one for one in self._paths[id(caller)] if one[-1] == name and len(one) > 1)
        return any(self._program.leads_inside(one, module) for one in named)

    def methods_of(self, owner: str) -> frozenset[int]:
        """Return the ids of the methods that matter, of all types of that name."""
        found = self._methods.get(owner)
        if found is None:
            every = map(id, self._program.methods_of(owner))
            found = self._methods[owner] = frozenset(self.relevant.intersection(every))
        return found

    def is_small(self, function: Function) -> bool:
        """Whether a function may be run only for what it returns."""
        return self.sizes[id(function)] <= SMALL


def _called(function: Function) -> tuple[str, ...]:
    """How callers write it: methods by name, the rest with their type or module."""
    first = function.params[0].pattern if function.params else None
    if not function.owner or getattr(first, "name", "") == "self":
        return (function.owner[-1] if function.bound == "init" else function.name,)
    return (f"{function.owner[-1]}::{function.name}", *([function.name] if function.bound else ()))


def _held(program: Program, module: Module, function: Function) -> Iterator[Path]:
    """Yield the declared types of what a method's object holds."""
    if function.owner:
        yield function.owner
        yield from (program.fields(function.owner, module) or {}).values()
