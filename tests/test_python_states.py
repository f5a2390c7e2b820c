"""States that several ways through the code leave behind: all are kept, or nothing is claimed."""

from __future__ import annotations

from test_python_contexts import resolve

_PROFILES = """
import ssl

class Legacy:
    def __init__(self, name):
        self._version = ssl.PROTOCOL_TLSv1

    def version_of_ssl(self):
        return self._version

class Current:
    def __init__(self, name):
        self._version = ssl.PROTOCOL_TLSv1_2

    def version_of_ssl(self):
        return self._version
"""

_LISTENER = """
import ssl
import profiles

class Listener:
    def __init__(self, options):
        if options.get("profile") == "current":
            self.profile = profiles.Current("a")
        else:
            self.profile = profiles.Legacy("b")
        self.admin = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def listen(self, raw):
        version = self.profile.version_of_ssl()
        return ssl.wrap_socket(raw, server_side=True, ssl_version=version)

def main(options, raw):
    listener = Listener(options)
    listener.listen(raw)
"""


def test_an_object_of_one_of_two_classes_keeps_both_values() -> None:
    endpoints, _ = resolve(profiles=_PROFILES, listener=_LISTENER)
    servers = [one for one in endpoints if one.side == "server"]
    floors = {state["min_version"].value for one in servers for state in one.states}
    assert floors == {"TLSv1", "TLSv1.2"}


def test_a_global_that_is_set_in_two_ways_has_no_certain_value() -> None:
    text = """
    import ssl, options

    MODE = ssl.CERT_REQUIRED

    def configure():
        global MODE
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        if options.lax:
            MODE = ssl.CERT_NONE
        context.verify_mode = MODE

    def main():
        configure()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.verify_mode = MODE
        return context
    """
    endpoints, _ = resolve(app=text)
    modes = [{state["client_auth"].value for state in one.states} for one in endpoints]
    assert modes == [{"none", "required"}, {"none", "required"}]


_SOCKETS = """
import ssl, socket
import options

_kept = None

def context_for(certificate, authority):
    global _kept
    if _kept:
        return _kept
    _kept = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    _kept.load_cert_chain(certificate)
    if authority:
        _kept.load_verify_locations(authority)
    if options.DEMAND:
        _kept.verify_mode = ssl.CERT_REQUIRED
    else:
        _kept.verify_mode = ssl.CERT_NONE
    return _kept

def open_socket(near=None, far=None, context=None):
    raw = socket.socket()
    if isinstance(far, tuple):
        return context.wrap_socket(raw, server_hostname=far[0])
    return context.wrap_socket(raw, server_side=True)
"""

_DAEMON = """
import options, sockets

class Daemon:
    def begin(self, host, port):
        context = sockets.context_for(options.CERTIFICATE, options.AUTHORITY)
        self.raw = sockets.open_socket(near=(host, port), context=context)
"""


def test_a_context_that_is_passed_on_keeps_its_states_and_its_side() -> None:
    endpoints, _ = resolve(sockets=_SOCKETS, daemon=_DAEMON)
    assert [one.side for one in endpoints] == ["server"]
    assert {state["client_auth"].value for state in endpoints[0].states} >= {"required", "none"}
