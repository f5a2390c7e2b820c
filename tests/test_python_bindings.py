"""What is bound in unusual ways: modules, ends of pairs of sockets, pyOpenSSL's contexts."""

from __future__ import annotations

import pytest
from test_python_contexts import resolve


@pytest.mark.parametrize(
    "imports",
    [
        "import importlib\ntls = importlib.import_module('ssl')",
        "from importlib import import_module as load\ntls = load('ssl')",
        "tls = __import__('ssl')",
    ],
)
def test_a_module_may_be_imported_by_a_call(imports: str) -> None:
    endpoints, _ = resolve(app=f"{imports}\nc = tls._create_unverified_context()\n")
    assert [one.states[0]["peer_chain"].value for one in endpoints] == ["unverified"]


@pytest.mark.parametrize("imports", ["tls = load('ssl')", "import importlib\ntls = importlib"])
def test_other_calls_import_nothing(imports: str) -> None:
    endpoints, _ = resolve(app=f"{imports}\nc = tls._create_unverified_context()\n")
    assert endpoints == ()


_ENDS = """
import socket, ssl

def subject_of(certificate, address):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain(certificate)
    {ends}
    return context.wrap_socket(near).getpeercert()
"""


def test_the_end_of_a_pair_of_sockets_is_no_connection() -> None:
    assert resolve(app=_ENDS.format(ends="near, far = socket.socketpair()"))[0] == ()
    endpoints, _ = resolve(app=_ENDS.format(ends="near = socket.create_connection(address)"))
    assert [one.states[0]["peer_chain"].value for one in endpoints] == ["unverified"]


def test_a_pyopenssl_context_for_servers_asks_for_nothing_by_default() -> None:
    text = """
    try:
        from OpenSSL import SSL
    except ImportError:
        SSL = None

    class Adapter:
        def context(self):
            made = SSL.Context(SSL.TLS_SERVER_METHOD)
            made.use_privatekey_file(self.key)
            return made
    """
    endpoints, _ = resolve(app=text)
    assert [(one.side, one.states[0]["client_auth"].value) for one in endpoints] == [
        ("server", "none")
    ]


_PROXIED = """
from OpenSSL import SSL

class Wrapped:
    def __init__(self, *args):
        self.inner = SSL.Connection(*args)

    def __getattr__(self, name):
        return getattr(self.inner, name)

class Adapter:
    def __init__(self, key, chain):
        self.key = key
        self.chain = chain
        self.context = self.make()

    def make(self):
        made = SSL.Context(SSL.SSLv23_METHOD)
        made.use_privatekey_file(self.key)
        if self.chain:
            made.load_verify_locations(self.chain)
        return made

    def wrap(self, raw):
        connection = {kind}(self.context, raw)
        connection.{state}()
        return connection
"""


@pytest.mark.parametrize("kind", ["SSL.Connection", "Wrapped"])
def test_a_pyopenssl_connection_that_accepts_is_a_server(kind: str) -> None:
    endpoints, sources = resolve(app=_PROXIED.format(kind=kind, state="set_accept_state"))
    assert [one.side for one in endpoints] == ["server"]
    for state in endpoints[0].states:
        auth, intent = state["client_auth"], state["client_auth_intent"]
        assert (auth.value, intent.value) == ("none", "none")
        assert sources["app.py"].text(auth.span) == "SSL.Context(SSL.SSLv23_METHOD)"


def test_a_pyopenssl_connection_of_unknown_side_tells_what_holds_on_both() -> None:
    [one], _ = resolve(app=_PROXIED.format(kind="Wrapped", state="do_handshake"))
    for state in one.states:
        assert state["min_version"].value == "TLSv1"
        assert not {"client_auth", "peer_chain"} & set(state)
