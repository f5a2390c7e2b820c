"""Where files of the project lie once installed, by what Dockerfiles and compose files say.

Configuration names files where they are when the program runs (`/etc/nginx/tls/edge.key`). Only
what is plainly put there counts: `COPY` in the image that is made in the end, and bind mounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from posixpath import join, normpath
from typing import NamedTuple

from mtlslint import dockerfile
from mtlslint.facts import Paths
from mtlslint.files import Files
from mtlslint.services import COMPOSE

_DEFAULT = re.compile(r"\$\{\w+:?-([^}$]*)\}")
_HERE = re.compile(r"\$\{PWD\}|\$PWD\b")
_SHORT = re.compile(
    r"^[ \t]*-[ \t]*[\"']?([\w./-]+):(/[\w./-]+)(?::[\w,]+)?[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE
)
_LONG = re.compile(
    r"source:[ \t]*[\"']?([\w./-]+)[\"']?[ \t]*\r?\n[ \t]+target:[ \t]*[\"']?(/[\w./-]+)"
)


class Placement(NamedTuple):
    """A file or folder of the project, and the path it is given; `pattern` picks from a folder.

    `held` is empty for what is mounted and not in the project.
    """

    held: str
    installed: str
    pattern: str = ""


class Places:
    """The placements of a project by the folder of the file that makes them; read when asked."""

    def __init__(self, files: Files, paths: Paths) -> None:
        self.files = files
        self.paths = paths
        self._made: list[tuple[str, Placement]] | None = None
        self._folders: set[str] | None = None

    def find(self, installed: str, asker: str) -> str:
        """Return the project's file at an absolute path, as the file `asker` would see it.

        "" if there is none, or if two of the nearest places put different files there.
        """
        if not installed.startswith("/") or installed.endswith("/"):
            return ""
        if self._made is None:
            self._made = list(self._read())
        name = normpath(installed)
        nearest: dict[int, set[str]] = {}
        for folder, placement in self._made:
            found = self._held_at(placement, name)
            if found or _covers(placement, name):
                nearest.setdefault(shared_folders(folder, asker), set()).add(found)
        # What the nearest place is filled from, another program's mount is no substitute for.
        best = (nearest[max(nearest)] if nearest else set()) - {""}
        return best.pop() if len(best) == 1 else ""

    def _held_at(self, placement: Placement, name: str) -> str:
        if not placement.held:
            return ""
        if placement.held in self.paths.known:
            return placement.held if name == placement.installed else ""
        rest = name.removeprefix(placement.installed.rstrip("/") + "/")
        if rest == name or (placement.pattern and not fnmatchcase(rest, placement.pattern)):
            return ""
        found = normpath(join(placement.held, rest))
        return found if found in self.paths.known else ""

    def _read(self) -> Iterator[tuple[str, Placement]]:
        for base, names in self.paths.by_base.items():
            compose = COMPOSE.fullmatch(base)
            if not compose and not dockerfile.NAME.fullmatch(base):
                continue
            for name in names:
                folder = name.rpartition("/")[0]
                try:
                    text = self.files.read(name).decode("utf-8", "replace")
                except OSError:
                    continue
                made = self._mounts(text, folder) if compose else self._copies(text, folder)
                yield from ((folder, each) for each in made)

    def _mounts(self, text: str, folder: str) -> Iterator[Placement]:
        text = _HERE.sub(".", _DEFAULT.sub(r"\1", text))
        for source, target in (*_SHORT.findall(text), *_LONG.findall(text)):
            held = self._spelt(normpath(join(folder, source)))
            if "/" in source:
                yield Placement(held, normpath(target))

    def _copies(self, text: str, folder: str) -> Iterator[Placement]:
        """Yield what the last stage copies from the project."""
        found: list[Placement] = []
        workdir = "/"
        for each in dockerfile.instructions(text):
            if each.name == "FROM":
                found, workdir = [], "/"
            elif each.name == "WORKDIR":
                workdir = join(workdir, " ".join(each.words).strip("\"'"))
            elif each.name in ("COPY", "ADD") and "from" not in each.options:
                found += self._copied(each.words, workdir, folder)
        yield from found

    def _copied(self, words: tuple[str, ...], workdir: str, folder: str) -> Iterator[Placement]:
        if len(words) < 2 or any("$" in word for word in words):
            return
        *sources, target = words
        into = target.endswith("/") or len(sources) > 1 or target == "."
        target = normpath(join(workdir, target))
        for source in sources:
            held, pattern = source.lstrip("/"), ""
            if any(mark in held for mark in "*?["):
                held, _, pattern = held.rpartition("/")
            path = self._in_context(held, folder)
            if path is None:
                continue
            base = path.rpartition("/")[2]
            keeps_name = into and path in self.paths.known
            yield Placement(path, join(target, base) if keeps_name else target, pattern)

    def _in_context(self, source: str, folder: str) -> str | None:
        """Return a source's path: builds start in the Dockerfile's folder, or above it."""
        parts = folder.split("/") if folder else []
        for count in range(len(parts), -1, -1):
            path = normpath("/".join((*parts[:count], source)) or ".")
            if path == ".":
                return ""
            if self._holds(path):
                return path
        return None

    def _spelt(self, path: str) -> str:
        """Return a path as the project spells it; "" if it's none, or might be two."""
        if self._holds(path):
            return path
        folded = path.lower()
        alike = [
            one for one in (*self.paths.known, *(self._folders or ())) if one.lower() == folded
        ]
        return alike[0] if len(alike) == 1 else ""

    def _holds(self, path: str) -> bool:
        """Whether a file or folder of that path exists."""
        if self._folders is None:
            self._folders = set()
            for name in self.paths.names:
                folder = name.rpartition("/")[0]
                while folder and folder not in self._folders:
                    self._folders.add(folder)
                    folder = folder.rpartition("/")[0]
        return path in self.paths.known or path in self._folders


def _covers(placement: Placement, name: str) -> bool:
    """Whether a path lies in what a placement fills, be it in the project or not."""
    folder = placement.installed.rstrip("/")
    return bool(folder) and not placement.pattern and f"{name}/".startswith(f"{folder}/")


def shared_folders(folder: str, path: str) -> int:
    """Count the leading folders that two paths have in common."""
    count = 0
    for one, other in zip(folder.split("/"), path.split("/")[:-1], strict=False):
        if one != other:
            break
        count += 1
    return count
