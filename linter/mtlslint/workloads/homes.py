"""Which workloads run a file of the project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mtlslint import dockerfile
from mtlslint.source import Span
from mtlslint.workloads.reading import Estate
from mtlslint.workloads.workload import Workload, repository

_BREAKS = re.compile(r"[/.:=\s]+")
_ORDINARY = frozenset(
    (  # noqa: SIM905
        "app main src bin usr local opt server serve service run start sh py python python3 exec "
        "uvicorn gunicorn hypercorn flask cargo target release debug m w c home lib api"
    ).split()
)


ITSELF = 1000
"""Mentions of what is the command itself: more than any command has words."""


class Home(NamedTuple):
    """A workload that runs a file; `sure` if the project says so, not only names that match.

    It is plainer the deeper the folder is that the workload is made of (`depth`), and the more
    words of its command name the file (`mentions`).
    """

    workload: Workload
    sure: bool
    depth: int = 0
    mentions: int = 0


class Homes:
    """Finds the workloads that run a file."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._found: dict[str, tuple[Home, ...]] = {}

    def of(self, path: str, span: Span) -> tuple[Home, ...]:
        """Return the workloads that run or read what stands in a source.

        `path` is the source's, `span` where it lies on disk.
        """
        inside = tuple(
            Home(each, True, mentions=ITSELF)
            for each in self._workloads()
            if any(_lies(span, extent) for extent in each.extents)
        )
        if inside:
            return inside
        if path not in self._found:
            self._found[path] = tuple(self._best(path))
        return self._found[path]

    def _workloads(self) -> tuple[Workload, ...]:
        return self._estate.deployments.workloads

    def _best(self, path: str) -> Iterator[Home]:
        covering = [each for one in self._workloads() for each in self._covers(one, path)]
        for sure in (True, False):
            of_kind = [each for each in covering if each.sure is sure]
            top = max(((each.mentions, each.depth) for each in of_kind), default=None)
            yield from (each for each in of_kind if (each.mentions, each.depth) == top)

    def _covers(self, workload: Workload, path: str) -> Iterator[Home]:
        label = _plain(repository(workload.image) or workload.name)
        if dockerfile.NAME.fullmatch(path.rpartition("/")[2]):
            # With a command of its own it doesn't run the image's.
            if not workload.words and workload.build and workload.build.dockerfile == path:
                yield Home(workload, True, mentions=ITSELF)
            elif not workload.words and not workload.build and label == _plain(_folder(path)):
                yield Home(workload, False, mentions=ITSELF)
            return
        made = self._estate.images.get(workload.build) if workload.build else None
        sources = [*workload.mounts, *(made.sources if made else ())]
        if workload.build and made and workload.build.context in made.sources:
            # Who builds everything from the root keeps each program's Dockerfile beside it.
            sources.append(workload.build.dockerfile.rpartition("/")[0])
        depths = [_depth(each) for each in sources if _within(path, each)]
        words = {*_words(workload.words), *_words(made.words if made else ())}
        words |= {_plain(each) for each in (made.built if made else ())}
        parts = {_plain(part) for part in path.rpartition(".")[0].split("/")}
        if depths:
            yield Home(workload, True, max(depths), len(words & parts - _ORDINARY))
            return
        if not workload.build and label in {_plain(part) for part in path.split("/")[:-1]}:
            yield Home(workload, False, path.count("/"), len(words & parts - _ORDINARY))


def _lies(span: Span, extent: Span) -> bool:
    return span.path == extent.path and extent.start <= span.start and span.end <= extent.end


def _folder(path: str) -> str:
    """Return the name of the folder that a file lies in."""
    return path.rpartition("/")[0].rpartition("/")[2]


def _within(path: str, place: str) -> bool:
    if place.startswith("!"):
        return f"{place}/" in path
    return place in ("", path) or path.startswith(f"{place}/")


def _depth(place: str) -> int:
    return len(place.split("/")) if place else 0


def _words(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield from (_plain(part) for part in _BREAKS.split(word) if part)


def _plain(name: str) -> str:
    return name.replace("-", "_").lower()
