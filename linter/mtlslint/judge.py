"""Rules held against the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from mtlslint.catalogue import Catalogue
from mtlslint.finding import Finding, Level, Place
from mtlslint.match import worlds
from mtlslint.model import Document, Endpoint, Link, Material, Misuse, Setting, State
from mtlslint.rule import PLACEHOLDER, Case, Rule
from mtlslint.source import Span

ASIDE = re.compile(r" \(\{([^{}]*)\}\)")
"""A placeholder in brackets: left out of a message where there is nothing to say."""

PLAIN_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")
ANY_HOST = ("_", "0.0.0.0", "[::]")

SpanText = Callable[[Span], str]


class Subject(NamedTuple):
    """Something a case can be judged on: its ends with their states, and what to call them.

    `beside` are places that have to do with it whatever is found.
    """

    kind: str
    span: Span
    ends: Mapping[str, tuple[State, ...]]
    endpoints: Mapping[str, Endpoint]
    words: Mapping[str, str] = MappingProxyType({})
    test_code: bool = False
    beside: tuple[Place, ...] = ()


def subjects(document: Document) -> Iterator[Subject]:
    """Yield everything in the document that rules can be held against."""
    by_id = {endpoint.id: endpoint for endpoint in document.endpoints}
    for endpoint in document.endpoints:
        yield endpoint_subject(endpoint)
    apps = _apps(document.links, by_id)
    for route in document.routes:
        ends = {"server": by_id[route.server], "client": by_id[route.client]}
        states = {"": route.states, **{name: end.states for name, end in ends.items()}}
        beside = tuple(apps.get((route.server, route.client), ()))
        yield Subject("route", route.span, states, ends, {"name": route.name}, _tests(ends), beside)
    for twin in document.twins:
        ends = {"strict": by_id[twin.strict], "weak": by_id[twin.weak]}
        states = {name: end.states for name, end in ends.items()}
        via = tuple(Place(span, "published here") for span in twin.via)
        yield Subject("twin", ends["weak"].head, states, ends, {}, _tests(ends), via)
    for link in document.links:
        yield _link(link, by_id)
    for misuse in document.misuses:
        yield _misuse(misuse)
    for material in document.materials:
        yield _material(material)


def _link(link: Link, by_id: Mapping[str, Endpoint]) -> Subject:
    ends = {"server": by_id[link.server], "client": by_id[link.client], "app": by_id[link.app]}
    states = {name: end.states for name, end in ends.items()}
    words = {"why": link.why, "sure": "certain" if link.certain else "likely"}
    via = tuple(Place(span, "leads there") for span in link.via)
    return Subject("link", ends["app"].head, states, ends, words, _tests(ends), via)


def _apps(
    links: Iterable[Link], by_id: Mapping[str, Endpoint]
) -> Mapping[tuple[str, str], list[Place]]:
    """Return what the routes, by their ends, lead to."""
    found: dict[tuple[str, str], list[Place]] = {}
    for link in links:
        app = by_id[link.app]
        place = Place(app.head, f"app: {app.name}")
        found.setdefault((link.server, link.client), []).append(place)
    return found


def endpoint_subject(endpoint: Endpoint) -> Subject:
    """Return an endpoint as a subject of rules for its side."""
    return Subject(
        endpoint.side,
        endpoint.head,
        {"": endpoint.states},
        {"": endpoint},
        test_code=endpoint.test_code,
    )


def _tests(ends: Mapping[str, Endpoint]) -> bool:
    return any(end.test_code for end in ends.values())


def _misuse(misuse: Misuse) -> Subject:
    state = {"misuse": Setting(misuse.kind, misuse.span)}
    words = {"name": misuse.name, "advice": misuse.advice}
    return Subject("misuse", misuse.span, {"": (state,)}, {}, words, misuse.test_code)


def _material(material: Material) -> Subject:
    span = material.span
    state = {
        "material": Setting(material.kind, span),
        "held": Setting(material.held, span),
    }
    if material.flaw:
        state["flaw"] = Setting(material.flaw, span)
    words = {"name": material.name, "note": material.note}
    return Subject("material", span, {"": (state,)}, {}, words, material.test_code)


def suppression_subject(span: Span, state: str, name: str, advice: str) -> Subject:
    """Return an inline ignore as a subject; `name` is what stands in its brackets."""
    states = ({"suppression": Setting(state, span)},)
    return Subject("suppression", span, {"": states}, {}, {"name": name, "advice": advice})


def judge(
    judged: Iterable[Subject],
    catalogue: Catalogue,
    levels: Mapping[str, Level],
    text: SpanText,
) -> list[Finding]:
    """Return what the rules with a level above `off` find; the first case that fires wins.

    `text` gives the source text of a span, for messages.
    """
    active = [rule for rule in catalogue.rules.values() if levels[rule.id] > Level.OFF]
    found: list[Finding] = []
    for subject in judged:
        for rule in active:
            hit = first_hit(rule, subject)
            if hit is not None:
                found += _findings(rule, hit, subject, levels[rule.id], text)
    return found


class Hit(NamedTuple):
    """A case that fires: in which combinations of states, and whether there are no others."""

    case: Case
    worlds: tuple[Mapping[str, State], ...]
    everywhere: bool

    def place(self, world: Mapping[str, State]) -> Span | None:
        """Return where a finding in one of the worlds points to; None for the end itself."""
        end, name = self.case.at
        setting = world[end].get(name) if name else None
        return setting.span if setting else None


def first_hit(rule: Rule, subject: Subject) -> Hit | None:
    """Return the first case of a rule that fires on a subject."""
    for case in rule.cases:
        if subject.kind not in case.on:
            continue
        every = list(worlds(subject.ends))
        firing = tuple(
            world
            for world in every
            if case.match.verdict(world) is True
            and not (case.unless and case.unless.verdict(world) is True)
        )
        if firing:
            return Hit(case, firing, len(firing) == len(every))
    return None


def _findings(
    rule: Rule, hit: Hit, subject: Subject, level: Level, text: SpanText
) -> list[Finding]:
    """Return a finding for each place that decides: paths may decide in places of their own."""
    fired: dict[Span | None, list[Mapping[str, State]]] = {}
    for world in hit.worlds:
        fired.setdefault(hit.place(world), []).append(world)
    return [
        _finding(rule, hit.case, subject, worlds[0], hit.everywhere, level, text)._replace(
            states=_numbers(subject, hit.case.at[0], worlds)
        )
        for worlds in fired.values()
    ]


def _numbers(subject: Subject, end: str, fired: Iterable[Mapping[str, State]]) -> frozenset[int]:
    """Return which states of the end at fault these are; nothing where no endpoint is."""
    states = subject.ends[end] if end in subject.endpoints else ()
    return frozenset(
        number for world in fired for number, state in enumerate(states) if state is world[end]
    )


def _finding(
    rule: Rule,
    case: Case,
    subject: Subject,
    world: Mapping[str, State],
    everywhere: bool,
    level: Level,
    text: SpanText,
) -> Finding:
    end, name = case.at
    setting = world[end].get(name) if name else None
    endpoint = subject.endpoints.get(end)
    if setting:
        span = setting.span
    else:
        span = endpoint.head if endpoint else subject.span
    message = _fill(case.message, subject, world, text)
    if not everywhere:
        message = _on_some_paths(message)
    return Finding(
        rule=rule.id,
        level=level,
        message=message,
        span=span,
        setting=name,
        endpoint=endpoint.name if endpoint else "",
        subjects=_subject_ids(subject, end),
        related=tuple(_related(subject, end, setting, span)),
        wire=_wire(case.check, endpoint),
        technology=endpoint.technology if endpoint else "",
        test_code=subject.test_code,
    )


def _subject_ids(subject: Subject, end: str) -> tuple[str, ...]:
    """Return the endpoint that the finding is about, else every end of the relation."""
    if end in subject.endpoints:
        return (subject.endpoints[end].id,)
    return tuple(endpoint.id for endpoint in subject.endpoints.values())


def _related(subject: Subject, end: str, setting: Setting | None, span: Span) -> Iterator[Place]:
    for name, endpoint in subject.endpoints.items():
        if name != end:
            yield Place(endpoint.head, f"{name}: {endpoint.name}")
    yield from subject.beside
    own = subject.endpoints.get(end)
    if not own:
        return
    if setting and setting.via:
        for via in setting.via:
            yield Place(via, f"on the way to {own.name}")
    elif own.head != span:
        yield Place(own.head, own.name)


def _wire(check: str, endpoint: Endpoint | None) -> str:
    if "{" not in check:
        return check
    if not endpoint:
        return ""
    host, port = endpoint.address.host or "", endpoint.address.port
    # Somebody will paste this into a shell: a host that isn't plainly one is not written out.
    plain = PLAIN_HOST.fullmatch(host) and host not in ANY_HOST
    return check.replace("{host}", host if plain else "HOST").replace("{port}", str(port or "PORT"))


def _on_some_paths(message: str) -> str:
    first, dot, rest = message.partition(". ")
    if dot:
        return f"{first}, on some paths. {rest}"
    return f"{message.removesuffix('.')}, on some paths"


def _fill(message: str, subject: Subject, world: Mapping[str, State], text: SpanText) -> str:
    def word(name: str) -> str:
        if name in subject.words:
            return subject.words[name]
        if name == "endpoint":
            return subject.endpoints[""].name
        if name in subject.endpoints:
            return subject.endpoints[name].name
        return _setting_word(name, world, text)

    without = ASIDE.sub(lambda found: found[0] if word(found[1]) else "", message)
    return PLACEHOLDER.sub(lambda found: word(found[1]), without)


def _setting_word(name: str, world: Mapping[str, State], text: SpanText) -> str:
    """Return `[end.]setting[.text|.note]` as words."""
    first, _, rest = name.partition(".")
    end, path = (first, rest) if first in world and first else ("", name)
    setting_name, _, part = path.partition(".")
    setting = world[end].get(setting_name)
    if setting is None:
        return "not set"
    if part == "text":
        return " ".join(text(setting.span).split())
    if part == "note":
        return setting.note
    return "unknown" if setting.value is None else str(setting.value)
