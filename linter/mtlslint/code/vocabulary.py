"""Names that tell by themselves that code deals with a library, as the API data has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtlslint.code.api import Kind, Row

_COMMON = frozenset(
    {"context", "add", "extend", "identity", "accept", "connect", "build", "run", "bind", "listen"}
    | {"__init__", "options", "socket", "cert", "set", "host"}
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What rows are found by.

    `telling`: methods by whose name alone a library is configured, whatever they are on. `opening`:
    those by which something that was configured elsewhere is put to use. `serving`: those that make
    one side of TLS. `routers`: kinds of what is served that say nothing of how. `keywords`:
    arguments that make a call one of TLS. `fields`: attributes that only things of libraries have.
    `ends`: how the paths of rows end. `phantoms`: types that libraries don't have.
    """

    telling: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    serving: frozenset[str] = frozenset()
    routers: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    phantoms: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """The names that say that a library is meant, wherever they are written."""
        return self.telling | self.keywords | self.fields


def vocabulary(
    rows: Iterable[str], kinds: Mapping[str, Kind], phantoms: Iterable[str], verdicts: Iterable[str]
) -> Vocabulary:
    """Gather the names from a language's data."""
    methods = list(_methods(kinds))
    telling = {name for name, row in methods if name not in _COMMON and configures(row)}
    return Vocabulary(
        telling=frozenset(telling.union(verdicts)),
        opening=frozenset(name for name, row in methods if row.opens or configures(row)),
        serving=frozenset(
            name
            for name, row in methods
            if not row.when and row.makes in kinds and kinds[row.makes].side
        ),
        routers=frozenset(
            name
            for name, kind in kinds.items()
            if kind.app and not any(map(configures, kind.methods.values()))
        ),
        keywords=frozenset(word for _, row in methods for word in row.when.split()),
        fields=frozenset(name for kind in kinds.values() for name in kind.fields) - _COMMON,
        ends=frozenset(path.rpartition("::")[2] for path in rows),
        phantoms=frozenset(path.rpartition("::")[2] for path in phantoms),
    )


def _methods(kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Row]]:
    for kind in kinds.values():
        yield from kind.methods.items()


def serves_tls(kind: Kind) -> bool:
    """Whether things of a kind are one side of TLS, run on one, or open one."""
    opens = (row.opens for row in kind.methods.values())
    return bool(kind.side or kind.app) or any(one and one.transport == "tls" for one in opens)


def configures(row: Row) -> bool:
    """Whether a call says something of TLS."""
    if row.when:
        return False
    settled = row.set or row.weaken or row.takes or row.flags is not None or row.judge
    chosen = row.either or row.chooses or row.consumes
    return bool(settled or row.phantom or row.opens or chosen)
