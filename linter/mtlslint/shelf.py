"""Finds and opens the files of certificates and keys that code and configuration name."""

from __future__ import annotations

from typing import NamedTuple

from mtlslint.facts import Paths
from mtlslint.files import Files
from mtlslint.model import Named
from mtlslint.pem import Contents, contents
from mtlslint.placing import Places
from mtlslint.settle import is_test_path

SIZE_LIMIT = 2_000_000
"""Larger files hold no certificates that anyone chose by hand."""

_ENDINGS = (".pem", ".crt", ".cer", ".chain")
_NEIGHBOURS = 30


class Held(NamedTuple):
    """Named material that the project holds: under which path ("" in place), and what it is."""

    named: Named
    path: str
    data: bytes
    contents: Contents


class Shelf:
    """The files of a project that hold trust material; each is opened once."""

    def __init__(self, files: Files, paths: Paths) -> None:
        self.files = files
        self.paths = paths
        self.places = Places(files, paths)
        self.opened: dict[str, tuple[bytes, Contents]] = {}
        self.folders: dict[str, list[str]] = {}

    def held(self, named: Named) -> Held | None:
        """Return what is named, None if the project doesn't hold it."""
        if named.text:
            return Held(named, "", named.text, contents(named.text))
        path = named.path or ("" if named.compiled else self._path(named))
        if not path:
            return None
        # What lies among the tests is theirs, unless it becomes part of the program.
        test = named.test_code or (is_test_path(path) and not named.compiled)
        unlocked = named.unlocked or any(
            self._path(named._replace(name=name)) for name in named.passwords
        )
        return Held(named._replace(test_code=test, unlocked=unlocked), path, *self.open(path))

    def open(self, path: str) -> tuple[bytes, Contents]:
        """Return a file's bytes and what they say; nothing if it can't be read."""
        if path not in self.opened:
            try:
                data = self.files.read(path)
            except OSError:
                data = b""
            data = data if len(data) <= SIZE_LIMIT else b""
            self.opened[path] = (data, contents(data))
        return self.opened[path]

    def neighbours(self, path: str) -> list[str]:
        """Return the certificate files of a file's folder."""
        folder = path.rpartition("/")[0]
        if not self.folders:
            for name in self.paths.names:
                if name.endswith(_ENDINGS):
                    self.folders.setdefault(name.rpartition("/")[0], []).append(name)
        return self.folders.get(folder, [])[:_NEIGHBOURS]

    def _path(self, named: Named) -> str:
        name, asker = named.name, named.span.path
        relative = name.removeprefix(named.home) if named.home else name
        found = self.paths.beside(relative, asker)
        installed = relative if relative.startswith("/") else named.home + relative
        found = found or self.places.find(installed, asker)
        if found or not (named.home and name.startswith("/")):
            return found
        # Configuration says where it and its files are installed together; code reads any place.
        return self.paths.mirrored(name, asker)
