"""Gathers what the evaluator meets: endpoints, configurations that nothing in sight uses, misuses.

Everything is keyed by where it is written, so that all worlds and all callers that reach one
`bind` give the states of one endpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mtlslint.code.between import Way
from mtlslint.code.finish import final
from mtlslint.code.found import Found, Key, Opening
from mtlslint.code.misused import Misused
from mtlslint.code.values import Thing
from mtlslint.code.watching import Watching
from mtlslint.model import Setting, merge_states
from mtlslint.source import Span


@dataclass
class Collector:
    """What was met so far; `testing` while test functions run.

    `root` is what runs, and `lends` whether other programs get what it returns.
    """

    is_test: Callable[[Span], bool]
    testing: bool = False
    cut: bool = False
    strays: bool = False
    root: object = None
    lends: bool = False
    number: int = 0
    parts: set[Key] = field(default_factory=set)
    done: set[Key] = field(default_factory=set)
    opened: dict[Key, Found] = field(default_factory=dict)
    loose: dict[Key, Found] = field(default_factory=dict)
    odd: dict[Key, Found] = field(default_factory=dict)
    together: set[frozenset[Key]] = field(default_factory=set)
    ways: dict[Key, set[Way]] = field(default_factory=dict)
    consumed: set[Span] = field(default_factory=set)
    crossed: set[Key] = field(default_factory=set)
    taken: dict[Span, Thing] = field(default_factory=dict)
    touched: list[Found] = field(default_factory=list)
    asked: dict[Span, tuple[Span | None, Setting]] = field(default_factory=dict)
    shared: dict[Span, Setting] = field(default_factory=dict)
    resuming: dict[tuple[str, Span], dict[Span, Thing]] = field(default_factory=dict)
    watching: Watching = field(default_factory=Watching)
    misused: Misused = field(default_factory=Misused)

    def consume(self, site: Span) -> None:
        """Note that what was made at `site` is part of something else."""
        if not self.testing or self.is_test(site):
            self.consumed.add(site)

    def cross(self, thing: Thing, meant: str, side: str) -> None:
        """Note that what is `meant` for one side is used on another, and no endpoint by itself."""
        if meant and side and meant != side:
            self.crossed.add((thing.site, meant))

    def take(self, thing: Thing) -> None:
        """Note that a thing is part of something else, and what it was like."""
        self.consume(thing.site)
        if not self.testing:
            self.taken[thing.site] = thing

    def ask_in_vain(self, auth: Setting, site: Span | None, dropped: Span) -> None:
        """Note that a verifier was built beside what asks nobody, unless used from `site` on."""
        asked = Setting("asked", auth.span, via=(dropped,), note="built and not used")
        self.asked[auth.span] = (site, asked)

    def shown(self, site: Span | None = None, common: bool = False) -> set[Span]:
        """Return where the settings of all endpoints so far, or of those at `site`, come from.

        `common`: of an endpoint with too many paths, only what these have in common is shown.
        """
        loose = ((key, one) for key, one in self.loose.items() if key[0] not in self.consumed)
        return {
            setting.span
            for key, one in (*self.opened.items(), *loose)
            if site is None or key[0] == site
            for state in (merge_states(one.states) if common else one.states)
            for name, setting in state.items()
            if not common or any(old.get(name) == setting for old in one.states)
        }

    def finish(self) -> None:
        """Where paths were cut, what was found on the others isn't all."""
        self.watching.settle()
        for found in self.touched:
            found.cut = found.cut or self.cut
        self.touched.clear()
        self.cut = False

    def is_used(self, site: Span, part: bool, done: bool) -> bool:
        """Whether what was made at `site` belongs to an endpoint, so that it is none itself.

        What is `done` can't be changed by whoever uses it: what it says on a path of its own holds.
        """
        return site in self.consumed and (part or not (self.strays or done))

    def open(
        self,
        before: frozenset[Key],
        opening: Opening,
        settings: Mapping[str, Setting],
        loose: bool = False,
        odd: bool = False,
    ) -> frozenset[Key]:
        """Note an endpoint in one of its states, and which others serve on the same path.

        A `loose` one doesn't count if it turns out to be a part of another, an `odd` one if there
        are others: then it is a mixture of paths that no run takes.
        """
        key = (opening.head, opening.side)
        if loose:
            self.parts.add(key)
        table = self.odd if odd else self.loose if loose else self.opened
        self._add(table, opening, settings)
        if not opening.content:
            return before  # Nothing that others could serve too.
        if not self.testing or self.is_test(opening.head):
            self.ways.setdefault(key, set()).add(opening.way)
        return self.serve(before, key)

    def serve(self, before: frozenset[Key], key: Key) -> frozenset[Key]:
        """Note that an endpoint serves on a path where others do; return all that do.

        Tests serve one after the other what the program doesn't.
        """
        if not self.testing or self.is_test(key[0]):
            self.together.update(frozenset({key, other}) for other in before if other != key)
        return before | {key}

    def leave(self, opening: Opening, settings: Mapping[str, Setting], done: bool = False) -> None:
        """Note a configuration whose use isn't in sight; `done`: it can't be changed any more."""
        if done:
            self.done.add((opening.head, opening.side))
        self._add(self.loose, opening, {"transport": Setting("tls", opening.head), **settings})

    def _add(
        self,
        table: dict[Key, Found],
        opening: Opening,
        settings: Mapping[str, Setting],
    ) -> None:
        if self.testing and not self.is_test(opening.head):
            return
        key = (opening.head, opening.side)
        found = table.setdefault(key, Found(opening, [], [], set()))
        self.touched.append(found)
        state = final(settings, opening.side)
        self.misused.weigh(settings, state)
        found.states.append(state)
        found.roots.append((self.root, self.number))
        found.addresses.append(opening.address)
        found.content |= opening.content
