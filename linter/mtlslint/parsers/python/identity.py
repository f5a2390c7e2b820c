"""Apps that take the client's identity from a request header, and clients that check it by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mtlslint.code.classes import SUPER
from mtlslint.code.ir import Chain, Field, Index, Invoke, Literal, Method, Name, Node, Path
from mtlslint.code.items import Function, Module
from mtlslint.code.package import Package
from mtlslint.code.walk import Kinds, mentioned
from mtlslint.headers import names_identity
from mtlslint.model import CLIENT, SERVER, Endpoint, Origin, Setting, State
from mtlslint.source import Span

_HOLDERS = frozenset({"headers", "META", "environ", "header"})
_READING = frozenset({"get", "getlist", "getall", "getone", "get_all", "__getitem__"})
_READERS = frozenset({"get_header", "getheader"})


def header_read(program: Package, module: Module) -> Span | None:
    """Return where a module first reads an identity header of a request."""
    bodies: list[Node] = [one.body for one in module.functions if not one.test]
    if module.body is not None:
        bodies.append(module.body)
    found = [span for body in bodies for span in _reads(program.nodes(body))]
    return min(found, default=None)


def _reads(kinds: Kinds) -> Iterator[Span]:
    texts = (one.value for one in kinds.get(Literal, ()))
    if not any(isinstance(text, str) and names_identity(text) for text in texts):
        return
    for node in kinds.get(Chain, ()):
        names = set(node.base.path) if isinstance(node.base, Name) else set[str]()
        for step in node.steps:
            held = bool(names & _HOLDERS)
            if isinstance(step, (Field, Method)):
                names.add(step.name)
            reads = bool(names & _READERS) or (held and bool(names & _READING))
            if (isinstance(step, Index) and held) or (isinstance(step, (Method, Invoke)) and reads):
                yield from _header(step.args[:1])


def _header(args: Iterable[Node]) -> Iterator[Span]:
    for node in args:
        text = node.value if isinstance(node, Literal) else None
        if isinstance(text, str) and names_identity(text):
            yield node.span


def with_identity(endpoints: Iterable[Endpoint], program: Package) -> list[Endpoint]:
    """Say of the servers of a file that its handlers read identity headers, if they do."""
    endpoints = list(endpoints)
    heads = {one.head.path for one in endpoints if one.side == SERVER}
    served = [module for module in program.modules if module.path in heads]
    reads = {module.path: header_read(program, module) for module in served}
    demanded = any(map(_demands, endpoints))
    if demanded and not any(_mentions_peers(program, one) for one in program.modules):
        endpoints = [_unchecked(one) if _demands(one) else one for one in endpoints]
    found: list[Endpoint] = []
    for one in endpoints:
        span = reads.get(one.head.path)
        if one.side == SERVER and span is not None:
            states = tuple({**state, "client_identity": _from(span)} for state in one.states)
            one = one._replace(states=states)
        found.append(one)
    return found


# Where servers tell who came: methods, attributes, and keys of what is handed to an app.
_PEERS = re.compile(
    r"(?i)peer_?cert|peer_identit|auth_context|get_ssl_certificate|verified_chain|ssl_object"
    r"|ssl_client|client_?cert|verify_callback|x509"
)


def _demands(endpoint: Endpoint) -> bool:
    """Whether a server whose use is in sight requires certificates."""
    if endpoint.side != SERVER or _SETTINGS.search(endpoint.head.path):
        return False
    found = [one["client_auth"].value for one in endpoint.states if "client_auth" in one]
    return "required" in found and all("tier" in one for one in endpoint.states)


_SETTINGS = re.compile(r"gunicorn[^/]*$")
"""Files of settings: what they serve is elsewhere."""


def _mentions_peers(program: Package, module: Module) -> bool:
    """Whether anything in a module may look at who came."""
    bodies: list[Node] = [one.body for one in module.functions]
    if module.body is not None:
        bodies.append(module.body)
    return any(_PEERS.search(word) for body in bodies for word in _spoken(program.nodes(body)))


def _spoken(kinds: Kinds) -> Iterator[str]:
    yield from (one.path[-1] for one in kinds.get(Name, ()))
    yield from (one.name for kind in (Field, Method) for one in kinds.get(kind, ()))
    yield from (name for one in kinds.get(Method, ()) for name, _ in one.keywords)
    yield from (one.value for one in kinds.get(Literal, ()) if isinstance(one.value, str))


def _unchecked(endpoint: Endpoint) -> Endpoint:
    states: list[State] = []
    for state in endpoint.states:
        auth = state.get("client_auth")
        required = auth is not None and auth.value == "required"
        said = Setting("unchecked", auth.span, Origin.DEFAULT) if auth and required else None
        states.append({**state, "client_identity": said} if said else state)
    return endpoint._replace(states=tuple(states))


def _from(span: Span) -> Setting:
    return Setting("header", span, note="read from a request header")


_COMPARES = frozenset(
    {"getpeercert", "get_peer_certificate", "match_hostname", "get_verified_chain"}
    | {"get_peer_cert_chain", "get_unverified_chain"}
)
_TELLS = frozenset({"peercert"})
_STEPS = 3


def with_own_checks(endpoints: Iterable[Endpoint], program: Package) -> list[Endpoint]:
    """Where the program looks at the peer's certificate itself, it isn't known who is let in."""
    return [
        one._replace(states=tuple(_unsure(state) for state in one.states))
        if one.side == CLIENT and _loose(one.states) and _looks(one, program)
        else one
        for one in endpoints
    ]


def _loose(states: Iterable[State]) -> bool:
    names = (state.get("peer_name") for state in states)
    return any(name is not None and name.value == "unverified" for name in names)


def _unsure(state: Mapping[str, Setting]) -> State:
    name, chain = state.get("peer_name"), state.get("peer_chain")
    if name is None or chain is None or name.value != "unverified" or chain.value != "verified":
        return state
    note = "the program looks at the peer's certificate itself"
    return {**state, "peer_name": Setting(None, name.span, Origin.EXPLICIT, name.via, note)}


def _looks(endpoint: Endpoint, program: Package) -> bool:
    """Whether what opens the connection, or what that calls, asks for the certificate."""
    around = _around(endpoint.head, program)
    if around is None:
        return False
    waiting, seen = [around], {id(around)}
    for _ in range(_STEPS):
        if any(_asks(_words(program.nodes(one.body))) for one in waiting):
            return True
        found = {id(one): one for each in waiting for one in _callees(each, program)}
        waiting = [one for key, one in found.items() if key not in seen]
        seen |= set(found)
    return False


def _callees(function: Function, program: Package) -> Iterator[Function]:
    """Yield what a function names: functions, methods of its own object and of classes in sight."""
    module = program.module_of[id(function)]
    owners = _classes_in_sight(function, program)
    kinds = program.nodes(function.body)
    for named in {one.path for one in kinds.get(Name, ())}:
        if len(named) == 1:
            yield from (f for f in module.functions if f.name == named[0] and not f.owner)
        else:
            path, _ = program.split(named, module)
            yield from program.functions(path, module)
    for name in {one.name for one in kinds.get(Method, ())}:
        for owner in owners:
            home = program.class_at(owner, module) or module
            yield from program.methods(owner, name.removeprefix(SUPER), home)


def _classes_in_sight(function: Function, program: Package) -> set[Path]:
    """Return the classes whose objects a function deals with: its own and those it names."""
    module = program.module_of[id(function)]
    paths = {param.declared for param in function.params if param.declared}
    for one in module.functions:
        if one is function or (function.owner and one.owner == function.owner):
            paths |= {node.path for node in program.nodes(one.body).get(Name, ())}
    named = {program.split(path, module)[0] for path in paths if len(path) > 1}
    owners = {path for path in named if program.class_at(path, module) is not None}
    return owners | ({function.owner} if function.owner else set())


def _around(span: Span, program: Package) -> Function | None:
    found: Function | None = None
    for one in program.by_file.get(span.path, ()):
        inside = one.span.start <= span.start <= one.body.span.end
        if inside and (found is None or one.span.start > found.span.start):
            found = one
    return found


def _asks(words: Iterable[str]) -> bool:
    return not (_COMPARES | _TELLS).isdisjoint(words)


def _words(kinds: Kinds) -> Iterator[str]:
    yield from mentioned(kinds)
    yield from (one.value for one in kinds.get(Literal, ()) if one.value in _TELLS)
