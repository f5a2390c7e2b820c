"""What an image is made of and runs, by the Dockerfile that makes it."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import join, normpath
from typing import NamedTuple

from mtlslint.dockerfile import Instruction, instructions
from mtlslint.workloads.workload import Build

_CHOOSES = ("--bin", "-p", "--package")


class Image(NamedTuple):
    """An image: paths of the project it is made of, what its command says.

    `built` are the names of programs that are picked from what was compiled.
    """

    sources: tuple[str, ...]
    words: tuple[str, ...] = ()
    built: frozenset[str] = frozenset()


def image(build: Build, text: str) -> Image:
    """Return what a Dockerfile makes of a build's context."""
    every = list(instructions(text))
    last = max((index for index, each in enumerate(every) if each.name == "FROM"), default=0)
    command = {each.name: each.words for each in every[last:]}
    sources = tuple(
        dict.fromkeys(
            path for each in every if each.name in ("COPY", "ADD") for path in _copied(each, build)
        )
    )
    return Image(
        sources,
        (*command.get("ENTRYPOINT", ()), *command.get("CMD", ())),
        frozenset(_built(every)),
    )


def _copied(copy: Instruction, build: Build) -> Iterator[str]:
    if "from" in copy.options:
        return
    for word in copy.words[:-1]:
        path = normpath(join(build.context, word.lstrip("/").partition("*")[0]))
        yield "" if path == "." else path


def _built(every: list[Instruction]) -> Iterator[str]:
    """Yield the programs that a build names: cargo's packages, and what is taken from a stage."""
    for each in every:
        if each.name == "RUN" and "cargo" in each.words:
            for option, value in zip(each.words, each.words[1:], strict=False):
                if option in _CHOOSES:
                    yield value
        elif each.name == "COPY" and "from" in each.options and len(each.words) > 1:
            yield from (word.rstrip("/").rpartition("/")[2] for word in each.words[:-1])
