"""What the states of an endpoint say of each other, and what others already tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from mtlslint.model import Origin, Setting, State, Value
from mtlslint.source import Span

Way = frozenset[tuple[Span, str, bool]]
"""What was assumed on the way to an endpoint: in which function, of what, and the answer."""


def exclude_each_other(one: Set[Way] | None, other: Set[Way] | None) -> bool:
    """Whether every way to one endpoint answers a question otherwise than every way to another."""
    return bool(one and other) and all(
        any((where, asked, not answer) in second for where, asked, answer in first)
        for first in one or ()
        for second in other or ()
    )


def chosen(states: list[State]) -> Iterator[State]:
    """Where one line demands certificates on other paths, who asks for none has chosen so.

    So has who sets no mode for a CA for which other paths set one.
    """
    asking = [one for one in states if _is(one, "client_auth", "required", "optional")]
    for state in states:
        if asking and _is(state, "client_auth", "none"):
            state = _switched_off(state, asking)
        yield _overridden(state, states)


def _is(state: State, name: str, *values: Value) -> bool:
    return name in state and state[name].value in values


def _switched_off(state: State, asking: list[State]) -> State:
    auth, trusted = state["client_auth"], state.get("client_ca")
    if all(auth.span != other["client_auth"].span for other in asking):
        same = (other.get("client_ca") == trusted for other in asking)
        if trusted is None or auth.origin is not Origin.DEFAULT or not auth.via or not any(same):
            return state
        auth = auth._replace(span=auth.via[-1], via=auth.via[:-1])
    return {**state, "client_auth": auth, "client_auth_intent": Setting("none", auth.span)}


def _overridden(state: State, states: list[State]) -> State:
    """Where another name takes its place on other paths, a name isn't left out for good."""
    name = state.get("peer_name")
    others = (one["peer_name"] for one in states if "peer_name" in one)
    if name is None or name.value != "unverified" or not any(name.span in o.via for o in others):
        return state
    note = "another name is checked instead on other paths"
    return {**state, "peer_name": name._replace(value=None, note=note)}


def told_by(states: Iterable[State]) -> set[tuple[str, Span, Value | None]]:
    """Return what states tell: settings with their places."""
    return {(name, one.span, one.value) for state in states for name, one in state.items()}


def tells(state: State, used: set[tuple[str, Span, Value | None]]) -> bool:
    """Whether somebody wrote something that no endpoint shows."""
    return any(
        setting.known
        and setting.origin is Origin.EXPLICIT
        and name not in ("transport", "reach", "tier", "client_certificate")
        and (name, setting.span, setting.value) not in used
        for name, setting in state.items()
    )


def blurred(states: tuple[State, ...]) -> State:
    """Return a state for the paths that were too many to follow."""
    note = "too many paths to follow"
    return {
        name: setting
        if all(state.get(name) == setting for state in states)
        else Setting(None, setting.span, setting.origin, note=note)
        for name, setting in states[0].items()
    }
