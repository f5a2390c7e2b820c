"""Handlers that take the client's identity from a request header."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from mtlslint.code.evaluate import Machine
from mtlslint.code.ir import Borrow, Chain, Field, Index, Invoke, Literal, Method, Name, Node
from mtlslint.code.items import Function, Module
from mtlslint.code.program import Program
from mtlslint.code.values import Items, Lambda, Routine, Value, World, bare
from mtlslint.code.walk import by_kind, mentioned
from mtlslint.headers import names_identity
from mtlslint.model import Setting
from mtlslint.source import Span

_READING = frozenset({"get", "get_all", "get_one", "header"})
_FILTERS = frozenset({"header", "optional", "exact", "exact_ignore_case"})  # warp::header
_ANSWERS = ("resp", "answer", "reply")
_REQUESTS = ("header", "metadata", "req", "parts")
_MOST = 4
_SHARED = 2
"""Methods of one name, above which the name alone doesn't tell who is called."""


class Readers:
    """Which functions of a program read identity headers, and which of them an app leads to."""

    def __init__(self, program: Program, crate: str) -> None:
        self._program = program
        self._reads: dict[int, tuple[tuple[str, Span], ...]] = {}
        self._named: defaultdict[str, list[Function]] = defaultdict(list)
        self._owned: defaultdict[str, list[Function]] = defaultdict(list)
        removed: set[str] = set()
        for module, function in program.by_crate.get(crate, ()):
            if function.test:
                continue
            self._named[function.name].append(function)
            if function.trait:
                self._owned[function.owner[-1]].append(function)
            removed |= set(_removed(program, module, function.body))
            found = tuple(_reads(program, module, function.body))
            if found:
                self._reads[id(function)] = found
        kept = {key: _without(reads, removed) for key, reads in self._reads.items()}
        self._reads = {key: reads for key, reads in kept.items() if reads}
        self._words: dict[str, tuple[Function, ...]] = {}
        self._leading: dict[int, list[Function]] | None = None

    def __call__(self, machine: Machine, app: Value | None, world: World) -> tuple[Setting, ...]:
        """Return where what is served reads identity headers, a setting each."""
        if not self._reads:
            return ()
        roots = list(_handlers(app, world)) if app is not None else []
        spans: set[Span] = set()
        for root in roots:
            if isinstance(root, Lambda):
                body = root.closure.body
                here = _reads(self._program, machine.frame.module, body)
                spans |= {span for _, span in here}
                spans |= self._below(machine, self._meant(mentioned(self._program.nodes(body))))
            elif isinstance(root, Routine):
                spans |= self._below(machine, root.functions)
        function = machine.frame.function
        if not roots and function is not None:
            spans |= self._below(machine, (function,))
        note = "read from a request header"
        return tuple(Setting("header", span, note=note) for span in sorted(spans)[:_MOST])

    def _below(self, machine: Machine, functions: Iterable[Function]) -> set[Span]:
        """Return what is read by functions and by whatever they name."""
        leading = self._lead(machine)
        found: set[Span] = set()
        waiting = [one for one in functions if id(one) in leading]
        seen = {id(one) for one in waiting}
        while waiting:
            one = waiting.pop()
            found |= {span for _, span in self._reads.get(id(one), ())}
            for other in leading[id(one)]:
                if id(other) not in seen:
                    seen.add(id(other))
                    waiting.append(other)
        return found

    def _lead(self, machine: Machine) -> dict[int, list[Function]]:
        """Return what each function that leads to a reader names of such functions."""
        if self._leading is None:
            named: dict[int, list[Function]] = {}
            callers: defaultdict[int, list[int]] = defaultdict(list)
            for _, one in self._program.everything:
                named[id(one)] = list(self._meant(_words_of(machine, one)))
                for other in named[id(one)]:
                    callers[id(other)].append(id(one))
            reached = set(self._reads)
            waiting = list(reached)
            while waiting:
                fresh = set(callers[waiting.pop()]) - reached
                reached |= fresh
                waiting += fresh
            self._leading = {
                one: [other for other in named[one] if id(other) in reached] for one in reached
            }
        return self._leading

    def _meant(self, words: Iterable[str]) -> Iterator[Function]:
        """Yield the functions that words may mean."""
        for word in words:
            found = self._words.get(word)
            if found is None:
                found = self._words[word] = tuple(self._meaning(word))
            yield from found

    def _meaning(self, word: str) -> Iterator[Function]:
        """Yield the functions that a word may mean; a type stands for what its traits do."""
        owner, _, name = word.rpartition("::")
        named = self._named.get(name or word, [])
        if owner:
            yield from (one for one in named if owner in one.owner[-1:])
        elif len(named) <= _SHARED:
            yield from named
        else:
            yield from (one for one in named if not one.owner)
        yield from self._owned.get(word, ())


def _words_of(machine: Machine, function: Function) -> frozenset[str]:
    """Return what a function names, and the types of what it is given."""
    declared = {param.declared[-1] for param in function.params if param.declared}
    return machine.relevance.mentions[id(function)] | declared


def _without(
    reads: tuple[tuple[str, Span], ...], removed: set[str]
) -> tuple[tuple[str, Span], ...]:
    return tuple((name, span) for name, span in reads if name not in removed)


def _handlers(app: Value, world: World, depth: int = 6) -> Iterator[Value]:
    """Yield the functions and closures that an app is made of."""
    value = bare(app)
    if isinstance(value, (Lambda, Routine)):
        yield value
    elif isinstance(value, Items) and depth:
        for item in value.items:
            yield from _handlers(item, world, depth - 1)
    thing = world.thing(value)
    for name in ("factory", "handlers", "layers", "app") if thing is not None and depth else ():
        part = thing.parts.get(name) if thing is not None else None
        if part is not None:
            yield from _handlers(part, world, depth - 1)


def _reads(program: Program, module: Module, body: Node) -> Iterator[tuple[str, Span]]:
    """Yield the identity headers that code reads of requests, and where."""
    kinds = program.nodes(body)
    gets = any(one.name in _READING for one in kinds.get(Method, ()))
    filters = any(one.path[0] == "warp" for one in kinds.get(Name, ()))
    if not (gets or filters or Index in kinds):
        return
    for node in kinds.get(Chain, ()):
        for step, of_headers in _reading(node):
            name = header_of(program, module, step.args[0])
            if name and (of_headers or "_" not in name):
                yield name, step.span


def _reading(chain: Chain) -> Iterator[tuple[Method | Invoke | Index, bool]]:
    """Yield the steps that read something by the name in their first argument.

    And whether what they read is said to be a request's: other maps have such keys, too.
    """
    path = chain.base.path if isinstance(chain.base, Name) else ()
    name = path[-1] if path else ""
    of_headers = False
    for step in chain.steps:
        if any(word in name.lower() for word in _ANSWERS):
            return
        of_headers = of_headers or any(word in name.lower() for word in _REQUESTS)
        if isinstance(step, Invoke):
            filters = path[:1] == ("warp",) and "header" in path and path[-1] in _FILTERS
            if filters and step.args:
                yield step, True
        elif not isinstance(step, (Method, Index)) or len(step.args) != 1:
            pass
        elif isinstance(step, Index) or step.name in _READING:
            yield step, of_headers or (isinstance(step, Method) and "header" in step.name)
        name = step.name if isinstance(step, (Field, Method)) else ""


def header_of(program: Program, module: Module, node: Node) -> str:
    """Return the identity header that an expression names, itself or through a constant."""
    found = set(_names(node))
    if isinstance(node, (Borrow, Chain)):
        node = node.value if isinstance(node, Borrow) else node.base
    if isinstance(node, Name):
        constant = program.constant(node.path, module)
        found |= set(_names(constant[1])) if constant is not None else set()
    return found.pop() if len(found) == 1 else ""


def _names(node: object) -> Iterator[str]:
    for one in by_kind(node).get(Literal, ()):
        if isinstance(one.value, str) and names_identity(one.value):
            yield one.value.lower()


def _removed(program: Program, module: Module, body: Node) -> Iterator[str]:
    """Yield the identity headers that code drops: what is read later is the program's own."""
    kinds = program.nodes(body)
    if not any(one.name == "remove" for one in kinds.get(Method, ())):
        return
    yield from _names(body)
    for one in kinds.get(Name, ()):
        constant = program.constant(one.path, module)
        if constant is not None:
            yield from _names(constant[1])
