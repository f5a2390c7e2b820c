"""Where bytes come from: the disk, or anything else that lists and reads.

The tree is somebody else's. Links are not followed, so nothing outside the root is read and loops
can't happen; what git ignores without tracking it, and what is too large to be configuration, is
left alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mtlslint.tracked import tracked

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

MAX_BYTES = 16 * 1024 * 1024
"""Larger files are not read."""

CONFIG_NAMES = (".mtlslint.toml", "pyproject.toml")

SKIPPED_FOLDERS = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".venv",
        ".tox",
        ".nox",
        "node_modules",
        "__pycache__",
        ".terraform",
    }
    | {".mypy_cache", ".ruff_cache", ".pytest_cache", ".direnv", ".eggs"}
    | {"vendor", "third_party", "third-party", "site-packages"}  # other people's code
)


class Files(Protocol):
    """A tree of files: the only input of a check."""

    def names(self) -> Sequence[str]:
        """Return the paths of all files, relative to the root, with `/`, sorted."""
        ...

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises OSError."""
        ...


class MemoryFiles(NamedTuple):
    """Files held in memory, as tests have them."""

    contents: Mapping[str, bytes]

    def names(self) -> Sequence[str]:
        """Return the paths, sorted."""
        return sorted(self.contents)

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        try:
            return self.contents[name]
        except KeyError:
            raise FileNotFoundError(name) from None


class OverlayFiles(NamedTuple):
    """Files of which some have other contents than below, as in an editor."""

    below: Files
    contents: Mapping[str, bytes]

    def names(self) -> Sequence[str]:
        """Return the paths of both, sorted."""
        return sorted({*self.below.names(), *self.contents})

    def read(self, name: str) -> bytes:
        """Return the overlaid bytes, else those below."""
        return self.contents[name] if name in self.contents else self.below.read(name)


class DiskFiles(NamedTuple):
    """The files under `root` that git tracks or doesn't ignore, and no `exclude` matches."""

    root: str | os.PathLike[str]
    exclude: tuple[str, ...] = ()

    def names(self) -> Sequence[str]:
        """Return the paths, sorted."""
        excluded = _spec(self.exclude) if self.exclude else None
        found = []
        for name in self._walk("", ()):
            if not (excluded and excluded.match_file(name)):
                found.append(name)
        return sorted(found)

    def read(self, name: str) -> bytes:
        """Return a file's bytes; a file over MAX_BYTES is an OSError."""
        with open(os.path.join(self.root, name), "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_BYTES:
                raise OSError(f"{size // 1_000_000} MB is more than is read of one file")
            return file.read(MAX_BYTES)

    def _walk(self, folder: str, ignores: tuple[tuple[str, GitIgnoreSpec], ...]) -> Iterator[str]:
        known = cache(partial(tracked, self.root))
        pending = [(folder, ignores)]
        while pending:
            folder, ignores = pending.pop()
            try:
                entries = list(os.scandir(os.path.join(self.root, folder)))
            except OSError:
                continue  # vanished or forbidden: a folder that can't be listed holds nothing
            if any(entry.name == ".gitignore" and entry.is_file() for entry in entries):
                ignores = (*ignores, (folder, self._gitignore(folder)))
            for entry in entries:
                name = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_symlink() or not _printable(name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    skipped = entry.name in SKIPPED_FOLDERS
                    ignored = skipped or _ignored(name + "/", ignores)
                    if not ignored or (not skipped and name in known().folders):
                        pending.append((name, ignores))
                elif entry.is_file(follow_symlinks=False) and (
                    not _ignored(name, ignores) or name in known().files
                ):
                    yield name

    def _gitignore(self, folder: str) -> GitIgnoreSpec:
        try:
            with open(os.path.join(self.root, folder, ".gitignore"), "rb") as file:
                text = file.read().decode("utf-8", "replace")
        except OSError:
            text = ""
        return _spec(text.splitlines())


def _spec(patterns: Sequence[str]) -> GitIgnoreSpec:
    """Return what patterns match: one that is none (`[z-a]`) matches nothing, as git has it."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except (re.error, ValueError):
        return GitIgnoreSpec.from_lines(each for each in patterns if not no_pattern(each))


def no_pattern(text: str) -> str | None:
    """Return what is wrong with a pattern that is to be read as in .gitignore, None if nothing."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([text])
    except (re.error, ValueError) as error:
        return f"'{text}' is no pattern as in .gitignore: {error}"
    return None


def _ignored(name: str, ignores: tuple[tuple[str, GitIgnoreSpec], ...]) -> bool:
    """Apply the .gitignore files from the outermost in; the last that decides wins."""
    ignored = False
    for folder, spec in ignores:
        local = name[len(folder) + 1 :] if folder else name
        decision = spec.check_file(local).include
        ignored = ignored if decision is None else decision
    return ignored


def _printable(name: str) -> bool:
    """Say whether a name can be written out again (no undecodable bytes)."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def project_root(arguments: Sequence[str | os.PathLike[str]]) -> str:
    """Return the project that the arguments lie in.

    The nearest folder with a configuration or `.git` at or above the first argument; else the
    folder that holds all arguments.
    """
    starts = [_folder(os.path.realpath(argument)) for argument in arguments]
    folder = starts[0]
    while True:
        if os.path.exists(os.path.join(folder, ".git")) or config_file(folder):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return os.path.commonpath(starts)
        folder = above


def _folder(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path)


def config_file(folder: str) -> str | None:
    """Return the folder's configuration file: `.mtlslint.toml`, or a pyproject with our table."""
    for name in CONFIG_NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (name.startswith(".") or _has_table(path)):
            return path
    return None


def _has_table(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"[tool.mtlslint" in file.read()
    except OSError:
        return False
