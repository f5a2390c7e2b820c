"""What was met amounts to endpoints, named and in the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mtlslint.code.between import blurred, chosen
from mtlslint.code.collect import Collector
from mtlslint.code.finish import EITHER
from mtlslint.code.found import Found, Key, Opening
from mtlslint.code.strays import settle_loose
from mtlslint.code.twins import twins_of
from mtlslint.model import (
    CLIENT,
    STATE_LIMIT,
    Address,
    Endpoint,
    Setting,
    State,
    Twin,
    merge_states,
)


def endpoints_of(
    collector: Collector, technology: str
) -> tuple[tuple[Endpoint, ...], tuple[Twin, ...]]:
    """Return all endpoints, in the order they are written, and which serve the same."""
    collector.opened = {**collector.odd, **collector.opened}
    settle_loose(collector)
    reaches = _reaches(collector)
    every = [*collector.opened.items(), *collector.loose.items()]
    every.sort(key=lambda one: one[0])
    counts: dict[str, int] = {}
    ids: dict[Key, str] = {}
    made: list[Endpoint] = []
    for key, one in every:
        for part in _objects(collector, key, one):
            made.append(_endpoint(collector, technology, part, counts, reaches))
            ids.setdefault(key, made[-1].id)
    return tuple(made), tuple(twins_of(collector, ids))


def _objects(collector: Collector, key: Key, found: Found) -> list[Found]:
    """Part what one line makes for several callers, where these go on differently."""
    if not collector.strays:
        return list(_in_parts(found))
    if key not in collector.loose or len(found.states) != len(found.roots):
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


def _in_parts(found: Found) -> Iterator[Found]:
    """Part what has more states than one endpoint can show: callers without end go on from it."""
    distinct: list[State] = []
    for state in found.states:
        if state not in distinct:
            distinct.append(state)
    for start in range(0, len(distinct), STATE_LIMIT):
        yield replace(found, states=distinct[start : start + STATE_LIMIT])


def _reaches(collector: Collector) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for one in collector.opened.values():
        for state in one.states:
            if "reach" in state and state["reach"].known:
                found |= dict.fromkeys(one.content, state["reach"])
    return found


def _endpoint(
    collector: Collector,
    technology: str,
    one: Found,
    counts: dict[str, int],
    reaches: Mapping[str, Setting],
) -> Endpoint:
    opening = one.opening
    name = _name(opening)
    counts[name] = counts.get(name, 0) + 1
    states: Iterable[State] = [_intent(collector, state) for state in chosen(one.states)]
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
        places=tuple(addresses) if len(addresses) > 1 else (),
        test_code=collector.is_test(opening.head),
    )


def _intent(collector: Collector, state: State) -> State:
    """Add what others on the same path tell of this configuration.

    A verifier that was built beside it and used nowhere was meant for it.
    """
    auth = state.get("client_auth")
    shared = collector.shared.get(auth.span) if auth else None
    if shared is not None and auth is not None and auth.value == "required":
        state = {**state, "resumption": shared}
    site, asked = collector.asked.get(auth.span, (None, None)) if auth else (None, None)
    if asked is None or site in collector.consumed or auth is None or auth.value != "none":
        return state
    return {**state, "client_auth_intent": asked}


def _name(opening: Opening) -> str:
    function = opening.function
    if function is None:
        return f"{opening.head.path}: {opening.name}"
    within = "::".join((*function.owner[-1:], function.name))
    return f"{opening.head.path}: {opening.name} in {within}"
