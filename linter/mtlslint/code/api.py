"""What libraries do, as data: which call makes what, which method sets which setting.

The rows come from a language's `api.yaml`; the evaluator interprets them and knows no library.
A path is looked up by its crate or package and the part from the first capitalised name on, so
that re-exports and moved modules don't matter: `tokio_rustls::rustls::server::ServerConfig::new`
is `rustls::ServerConfig::new`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mtlslint.code.ir import Path
from mtlslint.code.vocabulary import Vocabulary
from mtlslint.targets import Version


@dataclass(frozen=True, slots=True)
class Take:
    """Adopt the settings of argument `arg`; what of `settings` it doesn't decide is unknown.

    `interface`: a type of the program may stand there that implements this trait. `method`: an
    object of the program may stand there that gives the thing by this method.
    """

    arg: int | str
    settings: tuple[str, ...] = ()
    interface: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """An endpoint begins. Each source is an argument's number, `self`, or `self.part`.

    `held`: only if what is handed over as its configuration holds one.
    """

    side: str
    transport: str = ""
    listener: int | str | None = None
    address: int | str | None = None
    config: int | str | None = None
    app: int | str | None = None
    settings: tuple[str, ...] = ()
    head: str = "call"
    again: bool = False
    held: bool = False
    reach: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """Settings that hold if flags are set and others are not."""

    has: frozenset[str]
    lacks: frozenset[str]
    set: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choose:
    """Settings that hold for each word that argument `arg` may say in the table `words`."""

    arg: int | str
    words: str
    cases: Mapping[str, Mapping[str, Any]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """If the function in argument `arg` accepts everything, these settings hold.

    `verdict` is the parameter that says what was found without it.
    """

    arg: int | str
    set: Mapping[str, Any]
    replaces: bool = False
    verdict: int = 0


@dataclass(frozen=True, slots=True)
class Either:
    """The row for each word that argument `arg` may say in the table `words`."""

    arg: int | str
    words: str
    rows: Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Nested:
    """Another row reads the dictionary in argument `arg` as if it were keywords."""

    arg: int | str
    row: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """Things of these kinds don't fit argument `arg`, or versions that it may say.

    `key` and `says`: or what it has under this name, if it is a connection string; without a key,
    constants by their names. `misuse`: which kind of misuse that is.
    """

    arg: int | str
    advice: str
    kinds: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    key: str = ""
    says: tuple[str, ...] = ()
    misuse: str = "phantom"


@dataclass(frozen=True, slots=True)
class Idle:
    """The call has no effect where `setting` ends as `value`."""

    setting: str
    value: str
    advice: str


@dataclass(frozen=True, slots=True)
class Row:
    """What one call does. Settings map to a constant or to how to read it off an argument.

    `params` are the names of positional arguments. The row holds only if the argument `when` is
    given. `bind` says where the address is. `consumes`: what these hold is no endpoint by itself.
    `becomes`: the kind that an argument chooses. `either`: the row that an argument chooses.
    `moves`: settings that count as set here from now on. `instead`: settings that are kept in mind
    when this one takes their place. `run`: the function in this argument is given the thing itself
    and may change it. `masks`: flags and the numbers that stand for them.
    `spell`: how a setting is written better.
    """

    makes: str = ""
    params: tuple[str, ...] = ()
    when: str = ""
    chooses: tuple[Choose, ...] = ()
    bind: Mapping[str, Any] = field(default_factory=dict)
    consumes: tuple[int | str, ...] = ()
    becomes: Mapping[str, Any] = field(default_factory=dict)
    either: Either | None = None
    nested: tuple[Nested, ...] = ()
    moves: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    set: Mapping[str, Any] = field(default_factory=dict)
    default: Mapping[str, Any] = field(default_factory=dict)
    preset: Mapping[str, Any] = field(default_factory=dict)
    weaken: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    flags: int | str | None = None
    cases: tuple[Case, ...] = ()
    takes: tuple[Take, ...] = ()
    judge: Judge | None = None
    become: str = ""
    opens: Open | None = None
    result: str = ""
    run: int | None = None
    phantom: str = ""
    bits: frozenset[str] | None = None
    masks: Mapping[str, int] = field(default_factory=dict)
    idle: Idle | None = None
    gather: str = ""
    refuses: Refuse | None = None
    spell: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """What things of a kind can do. `finished`: what was set can't be changed any more.

    `fluent`: methods without a row give the thing back. `side`: it is an endpoint of its own if
    its use isn't in sight; `either`: all that is known then is what doesn't depend on the side.
    `later`: settings that whoever uses it may still set. `app`: what is served. `fixed`: nothing
    ever changes its settings. `meant`: built and not used, it was meant for the server beside it.
    `opens`: each thing of the kind is an endpoint, as it is when all is done, or `at_once`.
    `hooks`: methods by which a class that inherits from it decides everything itself.
    """

    name: str
    types: tuple[str, ...] = ()
    side: str = ""
    finished: bool = False
    fluent: bool = False
    app: bool = False
    fixed: bool = False
    meant: bool = False
    opens: Open | None = None
    at_once: bool = False
    later: tuple[str, ...] = ()
    hooks: frozenset[str] = frozenset()
    methods: Mapping[str, Row] = field(default_factory=dict)
    fields: Mapping[str, Row] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer of a verifier of `library`: the error, outer and inner, and what isn't so then."""

    of: str
    error: tuple[Path, Path]
    since: Version
    below: Version


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Which calls check what of a certificate, and in which ways they refuse."""

    library: str = ""
    calls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Api:
    """All rows of a language. `modes`: constants that arguments are told by."""

    rows: Mapping[str, Row]
    kinds: Mapping[str, Kind]
    types: Mapping[str, str]
    crates: frozenset[str]
    aliases: Mapping[str, str]
    distinctive: Mapping[str, str]
    plumbing: Mapping[str, str]
    variants: Mapping[str, str]
    versions: Mapping[str, str]
    hosts: Mapping[str, str]
    build: Mapping[str, bool]
    anywhere: Mapping[str, str]
    public_stores: tuple[str, ...]
    phantom_types: Mapping[str, str]
    traits: Mapping[str, str] = field(default_factory=dict)
    renames: Mapping[str, str] = field(default_factory=dict)
    forks: frozenset[str] = frozenset()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    anchored: bool = False
    plain_depth: int = 99
    budget: int = 20_000
    vendors: Mapping[Path, str] = field(default_factory=dict)
    verdicts: Verdicts = Verdicts()
    outcomes: Mapping[str, bool] = field(default_factory=dict)
    conversions: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    interfaces: frozenset[str] = frozenset()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    modes: frozenset[str] = frozenset()
    _rows: dict[Path, Row | None] = field(default_factory=dict, init=False, compare=False)
    _kinds: dict[Path, Kind | None] = field(default_factory=dict, init=False, compare=False)

    def key(self, path: Path) -> tuple[str, str] | None:
        """Return the crate and the rest by which rows are found; None if no library's."""
        if not path or path[0] == "self":
            return None
        if self.anchored:
            return self._anchored(path)
        path = (self.renames.get(path[0], path[0]), *path[1:])
        tail = _tail(path)
        for index in range(len(path) - 1, -1, -1):
            if path[index] in self.crates and index < len(path) - 1:
                return path[index], "::".join(_tail(path[index + 1 :]))
        crate = self.distinctive.get(tail[0])
        return (crate, "::".join(tail)) if crate else None

    def _anchored(self, path: Path) -> tuple[str, str] | None:
        """A library is meant only where the path begins with it or one that re-exports it."""
        for length in range(min(len(path) - 1, 4), 0, -1):
            crate = self.vendors.get(path[:length])
            if crate is not None:
                return crate, "::".join(_tail(path[length:]))
        if len(path) < 2 or path[0] not in self.crates:
            return None
        return path[0], "::".join(_tail(path[1:]))

    def find(self, path: Path) -> Row | None:
        """Return what is known of a path."""
        if path not in self._rows:
            self._rows[path] = self._find(path)
        return self._rows[path]

    def _find(self, path: Path) -> Row | None:
        key = self.key(path)
        if key is None:
            return None
        crate, rest = key
        advice = self.phantom_types.get(f"{crate}::{rest.partition('::')[0]}")
        row = Row(phantom=advice) if advice is not None else self.rows.get(f"{crate}::{rest}")
        if row is None and crate in self.aliases:
            row = self.rows.get(f"{self.aliases[crate]}::{rest}")
        # A module of somebody else's may be called like the crate and have what that hasn't.
        doubtful = crate in self.forks or not self._leads(path)
        return None if row and row.phantom and doubtful else row

    def is_forked(self, kind: Kind) -> bool:
        """Whether the crate takes the library that a kind belongs to from elsewhere."""
        return any(path.partition("::")[0] in self.forks for path in kind.types)

    def _leads(self, path: Path) -> bool:
        """Whether a path begins with a library or a name that no other crate has."""
        first = self.renames.get(path[0], path[0])
        return first in self.crates or path[-1] in self.distinctive or path[0] in self.distinctive

    def kind_of_type(self, path: Path) -> Kind | None:
        """Return the kind of thing that a declared type is."""
        if path not in self._kinds:
            self._kinds[path] = self._kind_of(path)
        return self._kinds[path]

    def _kind_of(self, path: Path) -> Kind | None:
        key = self.key(path)
        if key is None:
            return None
        crate, rest = key
        name = self.types.get(f"{crate}::{rest}")
        if name is None and crate in self.aliases:
            name = self.types.get(f"{self.aliases[crate]}::{rest}")
        return self.kinds.get(name) if name else None

    def interface(self, path: Path) -> str:
        """Return the trait's name if it is a library's, by crate and last part; else nothing."""
        key = self.key(path)
        name = f"{self.aliases.get(key[0], key[0])}::{key[1]}" if key else ""
        return self.traits.get(name, name)


def _tail(path: Path) -> Path:
    for index, part in enumerate(path):
        if part[:1].isupper():
            return path[index:]
    return path[-1:]
