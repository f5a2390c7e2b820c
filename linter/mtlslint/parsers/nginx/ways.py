"""The ways into a server: one state for each `listen`, and the side doors beside it."""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.model import Address, Origin, Setting
from mtlslint.parsers.nginx.ciphers import ciphers
from mtlslint.parsers.nginx.client_auth import (
    ASKING,
    Settings,
    ca_path,
    client_authentication,
    mode,
    refuses_handshakes,
)
from mtlslint.parsers.nginx.content import Answer, denies_all
from mtlslint.parsers.nginx.identity import client_identity
from mtlslint.parsers.nginx.logs import identity_log
from mtlslint.parsers.nginx.protocols import protocols, weaker
from mtlslint.parsers.nginx.resumption import resumption
from mtlslint.parsers.nginx.roots import HTTP, MAIL, STREAM
from mtlslint.parsers.nginx.scope import Scope
from mtlslint.parsers.nginx.servers import Estate, Server, listen_head
from mtlslint.parsers.nginx.sockets import Listen, Socket, parse_listen
from mtlslint.parsers.nginx.variables import PLAINTEXT, TRUSTED, WITHOUT, Scenario
from mtlslint.parsers.nginx.versions import PROTOCOLS_BY_SNI
from mtlslint.source import Span


class Way(NamedTuple):
    """A way in: `part` tells a side door from the `listen` it belongs to."""

    listen: Listen
    head: Span
    part: str
    state: Settings
    content: frozenset[str]
    address: Address

    @property
    def label(self) -> str:
        """What to call it, after the server's name."""
        return f"listen {self.listen.text}{', ' + self.part if self.part else ''}"


def ways(server: Server, estate: Estate) -> list[Way]:
    """Return all ways into a server."""
    found: list[Way] = []
    for listen in server.listens:
        socket = estate.sockets[listen.key]
        head = listen_head(server, listen)
        transport = _transport(server, listen, socket, estate, head)
        state: Settings = {
            "transport": transport,
            "reach": _reach(listen, head),
            "tier": Setting("proxy", head),
        }
        if transport.value in ("tls", "either"):
            state.update(_tls(server, listen, socket, estate, _spokesman(server, listen, estate)))
        if transport.value == "either" and value_of(state, "client_auth") == "required":
            # `starttls on` (mail): whoever doesn't start TLS is asked for nothing.
            asked, started = state["client_auth"], server.scope.find("starttls").last
            note = f"`{' '.join((started.name, *started.args))}` lets clients do without TLS"
            via = (*asked.via, started.span)
            state["client_auth"] = asked._replace(value="optional", via=via, note=note)
        content = _content(server, listen, socket, estate, state)
        host = "unix" if listen.unix else listen.host or None
        way = Way(listen, head, "", state, content, Address(host, listen.port))
        found.append(way)
        if transport.value == "tls" and server.kind == HTTP:
            found.extend(_error_pages(server, way))
            found.extend(_without_name(server, way, socket, estate))
    return found


def _spokesman(server: Server, listen: Listen, estate: Estate) -> Span:
    """Return the `listen` to name for what a server lacks.

    A server that listens by IPv4, IPv6 and QUIC lacks it once: its first TLS listen of the same
    port and reach speaks for the others, also where only another branch of a template has it.
    """
    written = (parse_listen(each) for each in server.block if each.name == "listen" and each.args)
    alike = (
        each
        for each in written
        if (each.ssl or each.quic or (each.key in estate.sockets and estate.sockets[each.key].ssl))
        and (each.port, each.local) == (listen.port, listen.local)
    )
    return listen_head(server, next(alike, listen))


def _reach(listen: Listen, head: Span) -> Setting:
    local = listen.local
    if local is None:
        return Setting(None, head, note="set by a template")
    return Setting("local" if local else "network", head)


def _transport(
    server: Server, listen: Listen, socket: Socket, estate: Estate, head: Span
) -> Setting:
    via = listen.directive.via if listen.directive else ()
    if listen.quic:
        return Setting("tls", head, via=via)
    starttls = _starttls(server) if server.kind == MAIL else ""
    if socket.ssl:
        switch = server.scope.find("ssl").directives
        others = [
            seat.listen.directive.span
            for seat in socket.seats
            if seat.listen.ssl and seat.listen.directive and not listen.ssl
        ]
        return Setting("tls", head, via=(*via, *(each.span for each in switch), *others[:1]))
    if socket.ssl is None:
        return Setting(None, head, via=via, note="set by a template")
    if starttls:
        return Setting(starttls, head, via=via)
    if server.kind == STREAM and _on(server.scope, "ssl_preread"):
        return Setting(None, head, via=via, note="passed through")
    if _tls_elsewhere(server, listen, estate):
        note = "another server, not in sight, may make this socket TLS"
        return Setting(None, head, via=via, note=note)
    doubt = server.scope.find("ssl").doubt
    if doubt and not server.scope.own("listen"):
        return Setting(None, head, via=via, note=doubt)
    return Setting("plaintext", head, via=via)


def _tls_elsewhere(server: Server, listen: Listen, estate: Estate) -> bool:
    """Whether a server looks made for TLS and only its neighbours aren't in sight."""
    if not estate.context.assumed or listen.port == 80 or server.kind != HTTP:
        return False
    certified = bool(server.scope.find("ssl_certificate").directives)
    return certified and not any(each.ssl for each in server.listens)


def _starttls(server: Server) -> str:
    found = server.scope.find("starttls")
    word = found.last.args[0].lower() if found.directives and found.last.args else ""
    return {"on": "either", "only": "tls"}.get(word, "")


def _on(scope: Scope, name: str) -> bool:
    found = scope.find(name)
    return bool(found.directives and found.last.args[:1] == ("on",))


def _tls(server: Server, listen: Listen, socket: Socket, estate: Estate, head: Span) -> Settings:
    if refuses_handshakes(server.scope):
        return {}
    state = client_authentication(server, estate, head, listen.port)
    state.update(_versions(server, listen, socket, estate, head))
    state["ciphers"] = ciphers(server.scope, "", head, state["min_version"])
    auth = state["client_auth"].value if "client_auth" in state else "none"
    if server.kind == HTTP:
        state["early_data"] = _early_data(server.scope, head, value_of(state, "max_version"))
    if auth == "required":
        state["client_identity"] = client_identity(server.scope, state["client_auth"])
        state["identity_log"] = identity_log(server, estate, head)
    if auth != "none":
        state["revocation"] = _revocation(server.scope, head)
        state["verify_depth"] = _depth(server.scope, head)
    shared = resumption(server, listen, socket, estate, head) if auth == "required" else None
    if shared is not None:
        state["resumption"] = shared
    return state


def _versions(
    server: Server, listen: Listen, socket: Socket, estate: Estate, head: Span
) -> Settings:
    if listen.quic:
        three = Setting("TLSv1.3", head, Origin.PRESET, note="QUIC has no lower version")
        return {"min_version": three, "max_version": three}
    notice = "no http level in sight" if estate.context.assumed else ""
    low, high = protocols(server.scope, "", head, estate.target, notice)
    default = estate.default(socket)
    if default.number != server.number and estate.target.low < PROTOCOLS_BY_SNI:
        seat = next(each for each in socket.seats if each.server == default.number)
        there = listen_head(default, seat.listen)
        theirs, _ = protocols(default.scope, "", there, estate.target, notice)
        if estate.target.high < PROTOCOLS_BY_SNI:
            low, high = theirs, None
        elif theirs != low:
            chosen = weaker(low, theirs)
            low, high = chosen, high if chosen is low else None
    state = {"min_version": low}
    if high is not None:
        state["max_version"] = high
    return state


def _early_data(scope: Scope, head: Span, highest: object) -> Setting:
    found = scope.find("ssl_early_data")
    if highest is not None and highest != "TLSv1.3":
        return Setting("off", head, Origin.DEFAULT, note="there is none before TLS 1.3")
    if found.directives:
        word = found.last.args[0].lower() if found.last.args else ""
        value = word if word in ("on", "off") and not found.last.fluid else None
        return Setting(value, found.last.span, found.origin, via=found.last.via)
    return Setting(None if found.doubt else "off", head, Origin.DEFAULT, note=found.doubt)


def _revocation(scope: Scope, head: Span) -> Setting:
    doubt = ""
    for name, value in (("ssl_crl", "crl"), ("ssl_ocsp", "ocsp")):
        found = scope.find(name)
        doubt = doubt or found.doubt
        if found.directives and found.last.args[:1] not in ((), ("off",)):
            return Setting(value, found.last.span, found.origin, via=found.last.via)
    return Setting(None if doubt else "none", head, Origin.DEFAULT, note=doubt)


def _depth(scope: Scope, head: Span) -> Setting:
    found = scope.find("ssl_verify_depth")
    if found.directives:
        word = found.last.args[0] if found.last.args else ""
        value = int(word[:6]) if word.isdigit() and word.isascii() else None
        return Setting(value, found.last.span, found.origin, via=found.last.via)
    return Setting(None if found.doubt else 1, head, Origin.DEFAULT, note=found.doubt)


def _content(
    server: Server, listen: Listen, socket: Socket, estate: Estate, state: Settings
) -> frozenset[str]:
    """Return the keys of what this way in serves: to a trusted client where one is needed."""
    if server.kind == STREAM:
        return _stream_content(server, estate)
    if server.kind != HTTP:
        return frozenset()
    scenario: Scenario | None = None
    if state["transport"].value == "plaintext":
        scenario = PLAINTEXT
    elif state["transport"].value == "tls":
        scenario = TRUSTED if value_of(state, "client_auth") == "required" else WITHOUT
    if scenario is None:
        return frozenset()
    answer = server.site.answer(scenario, listen.port)
    strict = scenario is TRUSTED
    names = _names(server, listen, socket, estate, strict)
    return _keys(answer, names, estate, doubtful=strict)


def value_of(state: Settings, name: str) -> object:
    """Return a setting's value; None if it isn't known or doesn't apply."""
    return state[name].value if name in state else None


def _keys(
    answer: Answer, names: frozenset[str], estate: Estate, doubtful: bool = False
) -> frozenset[str]:
    served = {each.key for each in answer.open if each.key}
    if doubtful:
        served |= {each.served.key for each in answer.unsure if each.served.key}
    return frozenset(f"{estate.context.root}|{name}|{key}" for name in names for key in served)


def _names(
    server: Server, listen: Listen, socket: Socket, estate: Estate, strict: bool
) -> frozenset[str]:
    """Return the names under which a way in is had.

    One that lets everybody in, and is the default on purpose, is had under all names that no
    neighbour on its socket has.
    """
    names = {name for name in server.names if name not in ("", "_")}
    catching = listen.default or not names
    if not names:
        names.add("")
    if not strict and catching and socket.default == server.number:
        numbers = {seat.server for seat in socket.seats} - {server.number}
        taken = {name for number in numbers for name in estate.servers[number].names}
        names |= (estate.names - taken - {"_"}) | {""}
    return frozenset(names)


def _stream_content(server: Server, estate: Estate) -> frozenset[str]:
    found = server.scope.own("proxy_pass")
    programs = any(server.scope.find(name).directives for name in ("js_access", "js_preread"))
    if not found or not found[-1].args or programs or denies_all(server.scope):
        return frozenset()
    return frozenset({f"{estate.context.root}|stream|{found[-1].args[0]}"})


def _error_pages(server: Server, way: Way) -> list[Way]:
    """`error_page 495 496` answers clients that verification refuses: a way in if with content."""
    if mode(server.scope)[0] not in ("on", "optional") or not way.content:
        return []
    found: list[Way] = []
    for each in server.scope.find("error_page").directives:
        codes = {arg for arg in each.args[:-1] if arg in ("495", "496")}
        if not codes or each.args[-1].startswith("http"):
            continue
        if not server.site.behind_error(each.args[-1], WITHOUT).open:
            continue
        auth = Setting("none", each.span, via=(way.head, *each.via))
        # No transport: that of the `listen` is judged there.
        state = {
            "client_auth": auth,
            "reach": way.state["reach"],
            "tier": way.state["tier"],
        }
        part = f"error_page {' '.join(sorted(codes))}"
        found.append(way._replace(head=each.span, part=part, state=state))
    return found


def _without_name(server: Server, way: Way, socket: Socket, estate: Estate) -> list[Way]:
    """Without SNI the default server's CA counts: its clients get in here too."""
    default = estate.default(socket)
    if default.number == server.number or not way.content:
        return []
    required = value_of(way.state, "client_auth") == "required"
    if not required or any(mode(each.scope)[0] not in ASKING for each in (server, default)):
        return []
    own, theirs = ca_path(server.scope), ca_path(default.scope)
    if own is None or theirs is None or own == theirs or theirs == "|":
        return []
    if refuses_handshakes(default.scope):
        return []
    ca = default.scope.find("ssl_client_certificate")
    trusted = ca if ca.directives else default.scope.find("ssl_trusted_certificate")
    state: Settings = {
        "client_ca": Setting("foreign", way.head, via=(trusted.last.span,)),
        "client_auth": Setting("required", way.head),
        "reach": way.state["reach"],
        "tier": way.state["tier"],
    }
    return [way._replace(part="without SNI", state=state)]
