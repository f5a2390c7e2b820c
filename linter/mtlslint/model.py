"""The TLS model: the only thing that parsers and rules share.

Every technology is brought into these words, and every rule is a statement in them. A value that
could not be established is None (*unknown*) with the reason in its note; nothing fires on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from mtlslint.source import Span

VERSIONS = ("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")

SERVER = "server"
CLIENT = "client"
ROUTE = "route"

Value = str | int


class Origin(str, Enum):
    """Who decided a value."""

    EXPLICIT = "explicit"  # written where the endpoint is
    INHERITED = "inherited"  # written in an outer block or an included file's parent
    PRESET = "preset"  # chosen by a library's recommended constructor
    DEFAULT = "default"  # nobody: the library's own for the targeted versions


class Word(NamedTuple):
    """One setting of the vocabulary: where it occurs and what it may say.

    `values` is empty for whole numbers. `ordered` values can be compared (`below`, `at_least`).
    """

    on: tuple[str, ...]
    values: tuple[str, ...]
    meaning: str
    ordered: bool = False


_BOTH = (SERVER, CLIENT)

VOCABULARY: Mapping[str, Word] = MappingProxyType(
    {
        "transport": Word(_BOTH, ("plaintext", "tls", "either"), "what the socket speaks"),
        "reach": Word(_BOTH, ("local", "network"), "loopback, unix socket or pipe; or further"),
        "tier": Word(
            _BOTH,
            ("proxy", "app"),
            "passes traffic on, or is the program that traffic is for",
        ),
        "serves": Word(
            (SERVER,), ("content", "nothing"), "nothing: it only redirects, refuses or answers"
        ),
        "client_auth": Word(
            (SERVER,),
            ("none", "optional", "required"),
            "what a client without a certificate meets in the end, at the weakest place served",
        ),
        "client_auth_intent": Word(
            (SERVER,),
            ("none", "asked"),
            "something here only makes sense for client certificates",
        ),
        "client_chain": Word(
            (SERVER,),
            ("verified", "unverified"),
            "what a client certificate that is sent meets",
        ),
        "client_ca": Word(
            (SERVER,),
            ("none", "private", "public", "foreign"),
            "whose certificates are taken; foreign: another server's CA counts",
        ),
        "client_identity": Word(
            (SERVER,),
            ("unchecked", "checked", "header"),
            "how it is decided who the client is",
        ),
        "identity_log": Word(
            (SERVER,), ("logged", "unlogged"), "whether an access log tells which client came"
        ),
        "early_data": Word((SERVER,), ("off", "on"), "TLS 1.3 0-RTT"),
        "resumption": Word(
            (SERVER,), ("own", "shared"), "session state shared with a laxer endpoint"
        ),
        "peer_chain": Word((CLIENT,), ("verified", "unverified"), "the server's chain"),
        "peer_name": Word((CLIENT,), ("verified", "unverified"), "the server's name"),
        "client_certificate": Word(
            (CLIENT,),
            ("presented", "absent"),
            "whether a client certificate is offered",
        ),
        "client_certificate_intent": Word(
            (CLIENT,),
            ("none", "meant"),
            "the program demands certificates itself and trusts a CA of its own here",
        ),
        "peer_ca": Word(
            (CLIENT,), ("private", "public"), "whose certificates are taken for a server's"
        ),
        "handshake_signature": Word(
            _BOTH, ("verified", "unverified"), "proof that the peer owns the key"
        ),
        "revocation": Word(_BOTH, ("none", "crl", "ocsp"), "how revoked certificates are found"),
        "verify_depth": Word(_BOTH, (), "longest accepted chain, in intermediates"),
        "client_chains": Word(
            (SERVER,),
            ("fit", "cut"),
            "whether verify_depth leaves room for the intermediates of the CA file",
        ),
        "min_version": Word(_BOTH, VERSIONS, "lowest protocol version", ordered=True),
        "max_version": Word(_BOTH, VERSIONS, "highest protocol version", ordered=True),
        "ciphers": Word(_BOTH, ("strong", "weak"), "the effective cipher list"),
        "identity_headers": Word(
            (ROUTE,),
            ("sanitized", "forwarded"),
            "identity headers that a client itself sends",
        ),
        # Misuses, materials and suppressions are judged by the same match language.
        "misuse": Word(
            ("misuse",),
            ("phantom", "refused", "ignored", "misplaced"),
            "exists in no version; raises; has no effect; stands where it has none",
        ),
        "material": Word(
            ("material",),
            ("certificate", "key", "ca", "crl"),
            "what the trust material is",
        ),
        "flaw": Word(
            ("material",),
            (
                *("private-key-inside", "expired", "not-yet-valid", "not-a-ca"),
                *("weak-key", "weak-signature", "missing-intermediate"),
            ),
            "what is wrong with trust material that the project holds",
        ),
        "suppression": Word(
            ("suppression",),
            ("used", "unused", "unknown"),
            "whether an inline ignore covers a finding; unknown: it names no rule that exists",
        ),
        "held": Word(
            ("material",), ("file", "embedded"), "in a file of the project; in its place or in it"
        ),
    }
)


class Setting(NamedTuple):
    """One value with its provenance.

    `span` is where it was set, or a one-line head of what lacks it. `via` are spans on the way
    there (an include, a guard, the outer block). `note` says why it is unknown, which version's
    default it is, or what exactly is weak.
    """

    value: Value | None
    span: Span
    origin: Origin = Origin.EXPLICIT
    via: tuple[Span, ...] = ()
    note: str = ""

    @property
    def known(self) -> bool:
        """Whether the value was established."""
        return self.value is not None


State = Mapping[str, Setting]
"""Settings as they hold together on one path through the code or configuration."""

STATE_LIMIT = 16


def merge_states(states: Iterable[State], limit: int = STATE_LIMIT) -> tuple[State, ...]:
    """Return the distinct states; above `limit`, one state in which what differs is unknown."""
    distinct: list[State] = []
    for state in states:
        if state not in distinct:
            distinct.append(state)
    if len(distinct) <= limit:
        return tuple(distinct)
    first = distinct[0]
    merged: dict[str, Setting] = {}
    for name in sorted({name for state in distinct for name in state}):
        here = [state.get(name) for state in distinct]
        example = next(setting for setting in here if setting is not None)
        if all(setting == first.get(name) for setting in here):
            merged[name] = example
        else:
            note = f"differs between {len(distinct)} paths, too many to follow"
            merged[name] = Setting(None, example.span, example.origin, note=note)
    return (merged,)


class Address(NamedTuple):
    """Host and port as written; None where it isn't known."""

    host: str | None = None
    port: int | None = None


class Endpoint(NamedTuple):
    """One way in (`server`) or out (`client`).

    `id` is unique within a check and stable between runs; `name` is for people and holds no line
    numbers. `content` are opaque keys of what is served: two servers that share one serve the
    same thing. `head` is a one-line span that stands for the whole endpoint. `places` are all
    addresses of an endpoint that has several.
    """

    id: str
    name: str
    technology: str
    side: str
    head: Span
    states: tuple[State, ...]
    address: Address = Address()
    content: frozenset[str] = frozenset()
    test_code: bool = False
    places: tuple[Address, ...] = ()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """All addresses that are known."""
        return self.places or ((self.address,) if self.address != Address() else ())


class Route(NamedTuple):
    """Traffic that a server endpoint hands to a client endpoint (both by id)."""

    id: str
    name: str
    span: Span
    server: str
    client: str
    states: tuple[State, ...] = (MappingProxyType({}),)


class Twin(NamedTuple):
    """An ordered pair of server endpoints (by id) that serve the same content.

    `via` is what else makes the weak one a way in: where its port is published.
    """

    strict: str
    weak: str
    content: str
    via: tuple[Span, ...] = ()


class Link(NamedTuple):
    """A hop whose other end the project holds: server and client of a route, and an app, by id.

    `certain`: name and port say so; else the port does, and where the app's source lies. `why` is
    for people, `via` what leads there, `around` what leads others there from outside.
    """

    server: str
    client: str
    app: str
    certain: bool
    why: str
    via: tuple[Span, ...] = ()
    around: tuple[Span, ...] = ()


class Role(str, Enum):
    """What trust material is used as where it is named."""

    ANY = "certificate or key"  # the place doesn't tell
    CHAIN = "chain"  # a server's certificate and its intermediates
    CERTIFICATE = "certificate"  # one's own certificate, of either side
    KEY = "private key"
    CA = "CA"  # peers' chains must end in a root here: OpenSSL without PARTIAL_CHAIN
    ANCHOR = "trust anchor"  # peers' chains may end in anything here
    STAPLING = "stapling chain"  # the chain of one's own certificate; trusted as well (nginx)
    CRL = "revocation list"


class Named(NamedTuple):
    """Trust material as a parser finds it named: in a file, or in place as `text`.

    `name` is as written, relative to wherever the program runs; `path` is the project's file
    where that is already known. `home` is the folder that the program takes relative names from
    once installed, if it has one. `compiled`: becomes part of the program. `unlocked`: its
    password stands beside it. `passwords` are files of which one may hold it.
    """

    name: str
    role: Role
    span: Span
    path: str = ""
    text: bytes = b""
    home: str = ""
    compiled: bool = False
    unlocked: bool = False
    note: str = ""
    test_code: bool = False
    passwords: tuple[str, ...] = ()


class Material(NamedTuple):
    """A certificate, key, CA or CRL that the project holds; `flaw` is empty if none is known."""

    name: str
    kind: str
    held: str
    span: Span
    note: str = ""
    test_code: bool = False
    flaw: str = ""


class Misuse(NamedTuple):
    """A construct that the library doesn't know or doesn't heed, and what to write instead."""

    kind: str
    name: str
    advice: str
    span: Span
    test_code: bool = False


class Problem(NamedTuple):
    """Something that could not be read: where and why. `fatal` ones make the exit code 2."""

    path: str
    message: str
    span: Span | None = None
    fatal: bool = True


class Document(NamedTuple):
    """What one technology made of a whole project."""

    endpoints: tuple[Endpoint, ...] = ()
    routes: tuple[Route, ...] = ()
    materials: tuple[Material, ...] = ()
    misuses: tuple[Misuse, ...] = ()
    problems: tuple[Problem, ...] = ()
    twins: tuple[Twin, ...] = ()
    links: tuple[Link, ...] = ()
    named: tuple[Named, ...] = ()
