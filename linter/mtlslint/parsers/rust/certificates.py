"""Servers that let every certificate of their CA in, because nobody asks whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mtlslint.model import SERVER, Endpoint, Origin, Setting, State
from mtlslint.source import Span

if TYPE_CHECKING:
    from mtlslint.code.evaluate import Machine

# rustls, openssl, native-tls; tonic; poem, salvo and what wraps their acceptors.
_LOOKS = re.compile(
    r"peer_(?:cert|chain|ident|leaf|san|subject)|verified_chain$|Tls(?:Connect)?Info$"
)
_GUARDS = (
    b"mtls::",
    b"PeerCert",
    b"PeerIdentity",
    b"ClientIdentity",
    b"TlsConnectInfo",
    b"TlsInfo",
)
_CLIENT = re.compile(rb"ClientCert(?!Verif)")


def has_guards(data: bytes) -> bool:
    """Whether a file names types by which handlers are told whose certificate a client has."""
    return any(word in data for word in _GUARDS) or _CLIENT.search(data) is not None


def looks_at_certificates(machine: Machine) -> bool:
    """Whether any function of a crate asks whose certificate a peer has."""
    return any(
        _LOOKS.match(name)
        for _, function in machine.program.everything
        if not function.test
        for name in machine.relevance.mentions[id(function)]
    )


def with_identity(endpoints: Iterable[Endpoint], looks: bool, own: set[Span]) -> list[Endpoint]:
    """Say of servers that require certificates whether it is asked whose they are.

    `looks`: somewhere in the program it is. `own`: where its own verifiers stand.
    """
    return [
        one._replace(states=tuple(_identified(state, looks, own) for state in one.states))
        if one.side == SERVER
        else one
        for one in endpoints
    ]


def _identified(state: State, looks: bool, own: set[Span]) -> State:
    auth = state.get("client_auth")
    if auth is None or auth.value != "required" or "client_identity" in state:
        return state
    if "reach" not in state:
        return state  # Who uses this configuration isn't in sight.
    chain = state.get("client_chain")
    if looks or auth.span in own or (chain is not None and chain.span in own):
        note = "the program looks at certificates itself"
        return {**state, "client_identity": Setting(None, auth.span, Origin.DEFAULT, note=note)}
    return {
        **state,
        "client_identity": Setting("unchecked", auth.span, Origin.DEFAULT, auth.via),
    }
