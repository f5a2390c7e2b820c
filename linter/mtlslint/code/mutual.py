"""Programs that demand certificates: do they show one where they are clients themselves?

A client that trusts a CA of its own calls services of one's own. Where the program's own servers
require certificates, such a client was meant to go on in kind.
"""

from __future__ import annotations

from collections.abc import Iterable

from mtlslint.model import CLIENT, SERVER, Endpoint, Origin, Setting, State
from mtlslint.source import Span

_NOTE = "the program requires certificates of its own clients"


def continued(endpoints: Iterable[Endpoint]) -> list[Endpoint]:
    """Return a program's endpoints; clients that were meant to present a certificate say so."""
    every = list(endpoints)
    demands = next((span for one in every for span in _demanding(one)), None)
    if demands is None:
        return every
    return [
        one._replace(states=tuple(_meant(state, demands) for state in one.states))
        if one.side == CLIENT
        else one
        for one in every
    ]


def _demanding(endpoint: Endpoint) -> list[Span]:
    if endpoint.side != SERVER or endpoint.test_code:
        return []
    found = (state.get("client_auth") for state in endpoint.states)
    return [one.span for one in found if one is not None and one.value == "required"]


def _meant(state: State, demands: Span) -> State:
    ca, shown = state.get("peer_ca"), state.get("client_certificate")
    if ca is None or ca.value != "private" or shown is None or shown.value != "absent":
        return state
    intent = Setting("meant", shown.span, Origin.DEFAULT, (demands,), _NOTE)
    shown = shown._replace(via=(*shown.via, demands))
    return {**state, "client_certificate": shown, "client_certificate_intent": intent}
