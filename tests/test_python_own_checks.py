"""Clients that look at the peer's certificate themselves: which functions count as theirs."""

from __future__ import annotations

import pytest
from test_python_contexts import resolve

_CLIENT = """
import ssl
from watch import inspect_peer, Inspector
import other

class Uplink:
    def __init__(self, ca, inspector: Inspector):
        self.context = ssl.create_default_context(cafile=ca)
        self.context.check_hostname = False
        self.inspector = Inspector()

    def dial(self, raw):
        wrapped = self.context.wrap_socket(raw)
        {look}
        return wrapped

    def look(self, wrapped):
        return wrapped.getpeercert()

    def post(self, text):
        return text
"""

_WATCH = """
import ssl

def inspect_peer(wrapped):
    return wrapped.getpeercert()

class Inspector:
    def examine(self, wrapped):
        return wrapped.getpeercert()
"""

_OTHER = """
class Receiver:
    def receive(self):
        return self.connection.getpeercert()

    def send(self, text):
        return self.connection.getpeercert()

def send(text):
    return Receiver().receive()
"""


def _name_is(look: str) -> set[object]:
    client = _CLIENT.format(look=look)
    endpoints, _ = resolve(client=client, watch=_WATCH, other=_OTHER)
    return {state["peer_name"].value for one in endpoints for state in one.states}


@pytest.mark.parametrize(
    "look",
    [
        "inspect_peer(wrapped)",
        "self.look(wrapped)",
        "self.inspector.examine(wrapped)",
        "other.send(wrapped)",
    ],
)
def test_a_check_counts_where_the_client_calls_it(look: str) -> None:
    assert _name_is(look) == {None}


@pytest.mark.parametrize("look", ["wrapped.send(b'')", "wrapped.receive()", "self.post('')"])
def test_methods_of_the_same_name_elsewhere_are_not_the_clients(look: str) -> None:
    assert _name_is(look) == {"unverified"}
