"""Gathers what the evaluator meets: endpoints, configurations that nothing in sight uses, misuses.

Everything is keyed by where it is written, so that all worlds and all callers that reach one
`bind` give the states of one endpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from mtlslint.code.between import Way, blurred, chosen, exclude_each_other, tells, told_by
from mtlslint.code.finish import EITHER, final
from mtlslint.code.items import Function
from mtlslint.code.values import Thing
from mtlslint.code.watching import Watching
from mtlslint.model import (
    CLIENT,
    STATE_LIMIT,
    Address,
    Endpoint,
    Misuse,
    Setting,
    State,
    Twin,
    Value,
    merge_states,
)
from mtlslint.source import Span

IDLE = "idle."
"""Begins the names of settings that say beside what a call has no effect."""

Key = tuple[Span, str]
"""Where an endpoint begins, and its side."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where an endpoint begins. `again`: it replaces the configuration of one that runs."""

    side: str
    head: Span
    name: str
    function: Function | None
    address: Address = Address()
    content: frozenset[str] = frozenset()
    again: bool = False
    way: Way = frozenset()


@dataclass(slots=True)
class Found:
    """An endpoint in the making."""

    opening: Opening
    states: list[State]
    addresses: list[Address]
    content: set[str]
    cut: bool = False
    roots: list[object] = field(default_factory=list)


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
    idle: dict[Span, tuple[str, str]] = field(default_factory=dict)
    heeded: dict[Span, bool] = field(default_factory=dict)
    watching: Watching = field(default_factory=Watching)
    misused: dict[Span, tuple[str, str, str]] = field(default_factory=dict)

    def misuse(self, kind: str, name: str, advice: str, span: Span) -> None:
        """Note a call that the library doesn't know, refuses or ignores."""
        self.misused.setdefault(span, (kind, name, advice))

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
        self._note_idle(settings, state)
        found.states.append(state)
        found.roots.append((self.root, self.number))
        found.addresses.append(opening.address)
        found.content |= opening.content

    def _note_idle(self, settings: Mapping[str, Setting], state: State) -> None:
        """Note whether calls have an effect beside what else is set, on any path."""
        for name, mark in settings.items():
            decisive = state.get(name.split(".")[1]) if name.startswith(IDLE) else None
            if decisive is not None:
                heeded = self.heeded.get(mark.span, False)
                self.heeded[mark.span] = heeded or decisive.value != mark.value

    def endpoints(self, technology: str) -> tuple[tuple[Endpoint, ...], tuple[Twin, ...]]:
        """Return all endpoints, in the order they are written, and which serve the same."""
        self.opened = {**self.odd, **self.opened}
        self._settle_loose()
        reaches = self._reaches()
        every = [*self.opened.items(), *self.loose.items()]
        every.sort(key=lambda one: one[0])
        counts: dict[str, int] = {}
        ids: dict[Key, str] = {}
        made: list[Endpoint] = []
        for key, one in every:
            for part in self._objects(key, one):
                made.append(self._endpoint(technology, part, counts, reaches))
                ids.setdefault(key, made[-1].id)
        return tuple(made), tuple(self._twins(ids))

    def _settle_loose(self) -> None:
        """Drop what is a part of an endpoint; keep what nothing else tells, outermost first."""
        for key in list(self.loose):
            part = key[0] in self.consumed and key in self.parts
            if part or (key in self.opened and key not in self.done):
                del self.loose[key]
        told = self._told()
        for key in reversed(list(self.loose)):
            if key in self.opened or key[0] in self.consumed:
                self._keep_strays(key, told)

    def _objects(self, key: Key, found: Found) -> list[Found]:
        """Part what one line makes for several callers, where these go on differently."""
        if not self.strays:
            return list(_in_parts(found))
        if key not in self.loose or len(found.states) != len(found.roots):
            return [found]
        groups: dict[object, list[State]] = {}
        for root, state in zip(found.roots, found.states, strict=True):
            states = groups.setdefault(root, [])
            if state not in states:
                states.append(state)
        distinct: list[list[State]] = []
        for states in groups.values():
            if states not in distinct:
                distinct.append(states)
        return [replace(found, states=states) for states in distinct]

    def _told(self) -> set[tuple[str, Span, Value | None]]:
        """Return what endpoints already tell: settings with their places."""
        return told_by(state for one in self._whole() for state in one.states)

    def _keep_strays(self, key: Key, told: set[tuple[str, Span, Value | None]]) -> None:
        """Of something that was used, keep what was written about it on other paths."""
        found = self.loose.pop(key)
        pairs = zip(found.roots, found.states, strict=True)
        told_apart = (self.strays and key not in self.crossed) or key in self.done
        kept = [pair for pair in pairs if told_apart and tells(pair[1], told)]
        if not kept:
            return
        roots, states = [root for root, _ in kept], [state for _, state in kept]
        if key in self.opened:
            self.opened[key].states += states
            self.opened[key].roots += roots
        else:
            self.loose[key] = replace(found, states=states, roots=roots)
        if not self.strays:
            told |= told_by(states)

    def _whole(self) -> Iterator[Found]:
        """Yield the endpoints that others may be a part of."""
        yield from self.opened.values()
        for key, one in self.loose.items():
            if key in self.parts or not (self.strays or key[0] in self.consumed):
                yield one

    def _twins(self, ids: Mapping[Key, str]) -> Iterator[Twin]:
        """Two arms of a choice that serve the same are no twins: both must be open at once."""
        every = {**self.loose, **self.opened}
        ways = self.ways
        apart = (pair for pair in self.together if exclude_each_other(*map(ways.get, pair)))
        together = self.together.difference(apart)
        for pair in sorted(sorted(one) for one in together | self._replaced()):
            one, other = pair
            if one not in ids or other not in ids:
                continue
            for content in sorted(every[one].content & every[other].content)[:1]:
                yield Twin(ids[one], ids[other], content)
                yield Twin(ids[other], ids[one], content)

    def _replaced(self) -> set[frozenset[Key]]:
        """Return which endpoints get another configuration while they run, by whatever task."""
        return {
            frozenset({key, other})
            for key, one in self.opened.items()
            if one.opening.again
            for other, running in self.opened.items()
            if other != key and one.content & running.content
        }

    def _reaches(self) -> dict[str, Setting]:
        found: dict[str, Setting] = {}
        for one in self.opened.values():
            for state in one.states:
                if "reach" in state and state["reach"].known:
                    found |= dict.fromkeys(one.content, state["reach"])
        return found

    def _endpoint(
        self, technology: str, one: Found, counts: dict[str, int], reaches: Mapping[str, Setting]
    ) -> Endpoint:
        opening = one.opening
        name = _name(opening)
        counts[name] = counts.get(name, 0) + 1
        states: Iterable[State] = [self._intent(state) for state in chosen(one.states)]
        if opening.again:
            reach = next((reaches[key] for key in one.content if key in reaches), None)
            states = [{**state, "reach": reach} if reach else state for state in states]
        merged = merge_states(states)
        if one.cut and len(merged) > 1:
            merged = (*merged, blurred(merged))
        addresses = list(dict.fromkeys(one.addresses))
        return Endpoint(
            id=f"{technology}:{name}:{opening.side}:{counts[name]}",
            name=name if counts[name] == 1 else f"{name} ({counts[name]})",
            technology=technology,
            # What may be either is spoken of as a client, of which less is asked.
            side=CLIENT if opening.side == EITHER else opening.side,
            head=opening.head,
            states=merged,
            address=addresses[0] if len(addresses) == 1 else Address(),
            test_code=self.is_test(opening.head),
        )

    def _intent(self, state: State) -> State:
        """Add what others on the same path tell of this configuration.

        A verifier that was built beside it and used nowhere was meant for it.
        """
        auth = state.get("client_auth")
        shared = self.shared.get(auth.span) if auth else None
        if shared is not None and auth is not None and auth.value == "required":
            state = {**state, "resumption": shared}
        site, asked = self.asked.get(auth.span, (None, None)) if auth else (None, None)
        if asked is None or site in self.consumed or auth is None or auth.value != "none":
            return state
        return {**state, "client_auth_intent": asked}

    def misuses(self) -> tuple[Misuse, ...]:
        """Return all misuses, in the order they are written."""
        found: list[Misuse] = []
        for span, heeded in self.heeded.items():
            if not heeded:
                self.misuse("ignored", *self.idle[span], span)
        for span, (kind, name, advice) in sorted(
            self.misused.items(), key=lambda one: _outer_first(one[0])
        ):
            if not any(_within(span, other.span) for other in found):
                found.append(Misuse(kind, name, advice, span, self.is_test(span)))
        return tuple(found)


def _in_parts(found: Found) -> Iterator[Found]:
    """Part what has more states than one endpoint can show: callers without end go on from it."""
    distinct: list[State] = []
    for state in found.states:
        if state not in distinct:
            distinct.append(state)
    for start in range(0, len(distinct), STATE_LIMIT):
        yield replace(found, states=distinct[start : start + STATE_LIMIT])


def _outer_first(span: Span) -> tuple[str, int, int]:
    return span.path, span.start, -span.end


def _within(span: Span, other: Span) -> bool:
    return span.path == other.path and other.start <= span.start and span.end <= other.end


def _name(opening: Opening) -> str:
    function = opening.function
    if function is None:
        return f"{opening.head.path}: {opening.name}"
    within = "::".join((*function.owner[-1:], function.name))
    return f"{opening.head.path}: {opening.name} in {within}"
