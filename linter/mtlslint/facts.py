"""What a parser says of one file, and what it is given to make sense of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from posixpath import normpath
from typing import Any, NamedTuple, Protocol

from mtlslint.edit import Fix
from mtlslint.model import VOCABULARY, Document, Endpoint, Origin, Problem, Setting, State, Value
from mtlslint.source import Source, Sources, Span
from mtlslint.targets import Targets


class Claim(str, Enum):
    """How sure a technology is that a file is its own, by name and first bytes."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


class Comment(NamedTuple):
    """A comment that speaks to this program (`mtlslint: ...`); `text` is what follows the colon.

    `alone`: nothing but the comment stands on its line, so it speaks of the next line.
    """

    span: Span
    text: str
    alone: bool


class Facts(NamedTuple):
    """What stands in one file, before anything is known of any other. Picklable.

    `tree` is the parser's own; only its `resolve` looks inside. `refers` are the names by which
    the file asks for others, as written. `template`: the file can't be read before it is rendered.
    """

    path: str
    technology: str
    tree: Any = None
    refers: tuple[str, ...] = ()
    embedded: tuple[Source, ...] = ()
    comments: tuple[Comment, ...] = ()
    problems: tuple[Problem, ...] = ()
    template: bool = False


class Paths:
    """The names of all files of the project, relative to its root, sorted."""

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        self.names = names
        self.known = frozenset(names)
        by_base: dict[str, list[str]] = {}
        for name in names:
            by_base.setdefault(name.rpartition("/")[2], []).append(name)
        self.by_base: Mapping[str, tuple[str, ...]] = {
            base: tuple(paths) for base, paths in by_base.items()
        }
        """Paths by their last component."""

    def beside(self, name: str, path: str) -> str:
        """Return the file that a relative name in the file `path` may mean, "" if there's none.

        Looked for beside the file and above: a bare name two folders up, one with a folder in it
        up to the root. Absolute names aren't looked for: that a file is called alike doesn't make
        it the one.
        """
        if name.startswith("/") or not name:
            return ""
        parts = path.split("/")[:-1]
        highest = 0 if "/" in name.removeprefix("./") else max(0, len(parts) - 2)
        for count in range(len(parts), highest - 1, -1):
            found = normpath("/".join((*parts[:count], name)))
            if found in self.known:
                return found
        return ""

    def mirrored(self, name: str, path: str) -> str:
        """Return the file that an absolute name in the file `path` means by how it ends, or "".

        Either it ends in the path of a file from the root on, or in the folder of `path` and a
        file there. A mere folder and file in common (`/srv/archive/tls/old.pem`) may be chance,
        unless it's where somebody works (`/home/kim/src/archive/tls/old.pem`).
        """
        *folders, base = normpath(name).strip("/").split("/")
        if not folders:
            return ""
        at_home = folders[0] in _HOMES
        for count in range(len(folders)):
            tail = "/".join((*folders[count:], base))
            if tail in self.known and (at_home or count == 0 or len(folders) - count > 1):
                return tail
        here = path.rpartition("/")[0]
        sibling = f"{here}/{base}"
        alike = here.rpartition("/")[2] == folders[-1]
        return sibling if alike and sibling in self.known else ""


_HOMES = frozenset({"home", "Users", "root"})


class Project(NamedTuple):
    """Everything `resolve` may look at: the facts of one technology, by path.

    `hosts` are the names by which the project's programs reach each other, each with the folder
    of the file that says so.
    """

    facts: Mapping[str, Facts]
    paths: Paths
    targets: Targets = Targets()
    today: date = date.min
    hosts: frozenset[tuple[str, str]] = frozenset()


WRITTEN = (Origin.EXPLICIT, Origin.INHERITED)


class Change(NamedTuple):
    """What is wanted of an endpoint: in `states`, some of its own, settings get other `values`.

    A setting's span says where it is decided. An ordered value (`min_version`) is the least.
    """

    endpoint: Endpoint
    states: tuple[State, ...]
    values: Mapping[str, Value]

    def wrong(self) -> dict[tuple[str, Span], Setting]:
        """Return what has to be written, by name and place.

        Where all values hold already, it is those that nobody wrote. What an endpoint doesn't have
        can't be wrong.
        """
        settings = [
            (name, state[name]) for state in self.states for name in self.values if name in state
        ]
        wrong = [one for one in settings if not _holds(*one, self.values[one[0]])]
        unsaid = [one for one in settings if one[1].origin not in WRITTEN]
        return {(name, setting.span): setting for name, setting in wrong or unsaid}

    def elsewhere(self, name: str) -> bool:
        """Whether the endpoint has a setting's value in any state: somebody chooses."""
        states = self.endpoint.states
        return any(_holds(name, state.get(name), self.values[name]) for state in states)


def _holds(name: str, setting: Setting | None, value: Value) -> bool:
    if setting is None or setting.value is None:
        return False
    word = VOCABULARY[name]
    if word.ordered:
        return word.values.index(str(setting.value)) >= word.values.index(str(value))
    return setting.value == value


class Parser(Protocol):
    """A technology: a module in `parsers/` with these names.

    Importing it must import neither yaml nor tree_sitter.
    """

    @property
    def NAME(self) -> str:
        """What the technology is called, e.g. `nginx`."""
        ...

    @property
    def TOKENS(self) -> tuple[bytes, ...]:
        """Byte strings of which one must occur in a file that is read unasked."""
        ...

    def claims(self, path: str, head: bytes) -> Claim:
        """Say whether a file may be this technology's, by path and first 4096 bytes; cheap."""
        ...

    def read(self, source: Source) -> Facts:
        """Read one file, and no other. Any bytes: never raises, problems go into the facts."""
        ...

    def locate(self, reference: str, path: str, paths: Paths) -> tuple[str, ...]:
        """Return the project's files that `reference`, written in the file `path`, may mean."""
        ...

    def resolve(self, project: Project) -> Document:
        """Make endpoints of all facts. Pure; reads no bytes."""
        ...

    def spell(self, change: Change, project: Project, sources: Sources) -> Fix | None:
        """Write down a change.

        `project` is what the endpoint was resolved from, `sources` are the bytes behind it.
        Returns all edits that it takes, with spans in the sources that were read (embedded ones
        too), or None: where a path or a name would have to be invented, where the text isn't
        plainly understood (macros, templates), where somebody chooses at run time. Pure.
        """
        ...
