"""Finds resources by name: first where they are asked for, then ever further away.

Names repeat in a repository. What two places say differently is unknown, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from mtlslint.parsers.envoy import plain_name
from mtlslint.parsers.envoy.address import ANY
from mtlslint.parsers.envoy.chains import places_of
from mtlslint.parsers.envoy.discover import LISTENER, Resource
from mtlslint.yamltree.node import Mapping, Node, Scalar, literal, text
from mtlslint.yamltree.node import Sequence as Listing


class Found(NamedTuple):
    """A resource, or why there's none."""

    resource: Resource | None
    note: str = ""


class Index:
    """All resources of a project by kind, name and place."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._at: dict[tuple[str, str, str, str], list[Resource]] = {}
        self._bound: dict[tuple[str, int], set[str]] = {}
        for each in resources:
            if each.kind == LISTENER:
                hosts = {at.address.host for at in places_of(each)} - {None, "unix", *ANY}
                self._bound.setdefault((each.path, each.scope), set()).update(filter(None, hosts))
            if not each.name:
                continue
            for place, where in _places(each.path):
                self._at.setdefault((each.kind, each.name, place, where), []).append(each)

    def binds(self, host: str | None, asker: Resource) -> bool:
        """Whether a listener beside `asker` binds just that host: then it is this one."""
        return host in self._bound.get((asker.path, asker.scope), ())

    def find(self, kind: str, name: str, asker: Resource, file: str = "") -> Found:
        """Return the resource of that name which `asker` means, if all that it may mean are alike.

        `file` is as in `candidates`.
        """
        what = f"'{name}' of {file}" if file else f"'{name}'"
        return _one(self.candidates(kind, name, asker, file), what)

    def candidates(
        self, kind: str, name: str, asker: Resource, file: str = ""
    ) -> Sequence[Resource]:
        """Return the resources of that name which `asker` may mean: the nearest.

        `file` is the file that it is to be read from, as written there: only its last component
        says anything about a repository.
        """
        if file:
            named = self._at.get((kind, name, "base", file.rpartition("/")[2]), [])
            return _nearest(named, asker.path)
        return next((tier for tier in self._tiers(kind, name, asker) if tier), ())

    def _tiers(self, kind: str, name: str, asker: Resource) -> Iterator[list[Resource]]:
        here, stem, folder = (
            self._at.get((kind, name, place, where), [])
            for place, where in _places(asker.path)
            if place != "base"
        )
        yield [each for each in here if each.scope == asker.scope]
        # Static names hold in their own bootstrap alone, unless it is told of more.
        if asker.static and not asker.dynamic:
            return
        yield [each for each in here if not each.static]
        yield [each for each in stem if each.path != asker.path]
        yield [each for each in folder if each.path != asker.path and not each.static]
        # What a bootstrap that is told of more holds itself.
        yield [each for each in folder if each.path != asker.path and each.dynamic]


def file_of(config: Node | None) -> str:
    """Return the file that a `ConfigSource` reads, empty if it reads none."""
    path = text(config, "path_config_source", "path") or text(config, "path") or ""
    return path if literal(path) else ""


def _nearest(found: Sequence[Resource], path: str) -> list[Resource]:
    """Return those that have most folders in common with a path."""
    shared = [_shared(each.path, path) for each in found]
    return [each for each, count in zip(found, shared, strict=True) if count == max(shared)]


def _shared(one: str, other: str) -> int:
    folders = zip(one.split("/")[:-1], other.split("/")[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], folders))


def _places(path: str) -> Iterator[tuple[str, str]]:
    """Yield where a file can be looked for: itself, its stem, its folder, its name."""
    yield "path", path
    yield "stem", _stem(path)
    yield "folder", _folder(path)
    yield "base", _base(path)


def _one(found: Sequence[Resource], what: str) -> Found:
    if not found:
        return Found(None, f"{what} is not in sight")
    first = found[0]
    if all(same(each.node, first.node) for each in found[1:]):
        return Found(first)
    return Found(None, f"{what} stands in several places that differ")


def same(one: Node, other: Node) -> bool:
    """Whether two trees say the same, wherever they stand."""
    stack: list[tuple[Node, Node]] = [(one, other)]
    while stack:
        left, right = stack.pop()
        if isinstance(left, Scalar) and isinstance(right, Scalar):
            if left.text != right.text:
                return False
        elif isinstance(left, Mapping) and isinstance(right, Mapping):
            if [each.name for each in left.pairs] != [each.name for each in right.pairs]:
                return False
            values = zip(left.pairs, right.pairs, strict=True)
            stack.extend((a.value, b.value) for a, b in values)
        elif isinstance(left, Listing) and isinstance(right, Listing):
            if len(left.items) != len(right.items):
                return False
            stack.extend(zip(left.items, right.items, strict=True))
        else:
            return False
    return True


def _base(path: str) -> str:
    # An embedded file's name stands behind the manifest's.
    return plain_name(path.replace("!", "/").partition("#")[0])


def _stem(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/{name.partition('.')[0]}"


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
