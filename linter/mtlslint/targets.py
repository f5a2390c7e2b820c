"""The versions a project runs on: defaults depend on them.

A target is a range. What the configuration says comes first, then what the project declares
(`Cargo.lock`), else the assumed range: every version in use for technologies whose old versions
linger, the current one elsewhere. So a default is a value, not an unknown, and says what it rests
on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

Version = tuple[int, ...]


class Range(NamedTuple):
    """Versions from `low` to `high`, both included; `source` says for people where it is from."""

    low: Version
    high: Version
    source: str


def parse_version(text: str) -> Version | None:
    """Return the leading numbers of a version (`1.27.3-alpine` is 1.27.3), None if there's none."""
    match = re.match(r"\s*v?(\d+(?:\.\d+)*)", text)
    return tuple(int(part) for part in match[1].split(".")) if match else None


NEWEST: Version = (9999,)

ASSUMED: Mapping[str, Range] = {
    # Debian 11's nginx 1.18 is the oldest that a supported distribution ships (security
    # support of its LTS ends in 2026).
    "nginx": Range((1, 18), NEWEST, "any version in use assumed"),
    "native-tls": Range((0, 2, 0), NEWEST, "no Cargo.lock, any 0.2 assumed"),
    "openssl": Range((1, 1, 1), NEWEST, "OpenSSL 1.1.1 or later assumed"),
    "python": Range((3, 8), NEWEST, "any Python in use assumed"),
    "envoy": Range((1, 30), NEWEST, "a current Envoy assumed"),
}


class Targets(NamedTuple):
    """What is configured, and what folders of the project declare.

    `declared` maps a folder (`""` is the root) and a library to its range.
    """

    configured: Mapping[str, Range] = MappingProxyType({})
    declared: Mapping[tuple[str, str], Range] = MappingProxyType({})

    def of(self, library: str, path: str) -> Range | None:
        """Return the range of `library` for the file `path`; None for an unheard-of library."""
        if library in self.configured:
            return self.configured[library]
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if (folder, library) in self.declared:
                return self.declared[folder, library]
        return ASSUMED.get(library)


Declared = dict[str, Range]

_COMPOSE = re.compile(r"(?:docker-)?compose[\w.-]*\.ya?ml")
_METADATA = frozenset({"Cargo.lock", "pyproject.toml", "setup.cfg", "setup.py"})


def declares(name: str) -> bool:
    """Say whether a file of this name may declare versions."""
    return name in _METADATA or "Dockerfile" in name or bool(_COMPOSE.fullmatch(name))


def declared_targets(files: Iterable[tuple[str, bytes]]) -> dict[tuple[str, str], Range]:
    """Return what lock files, package metadata and images declare, by folder and library.

    What can't be read declares nothing. Metadata goes before images; of several images in one
    folder, the range spans all.
    """
    by_metadata: dict[tuple[str, str], Range] = {}
    by_image: dict[tuple[str, str], Range] = {}
    for path, data in files:
        folder, _, name = path.rpartition("/")
        found, kept = (
            (_metadata(path, name, data), by_metadata)
            if name in _METADATA
            else (_images(path, data), by_image)
        )
        for library, range_ in found.items():
            kept[folder, library] = _spanning(kept.get((folder, library)), range_)
    return {**by_image, **by_metadata}


def _spanning(one: Range | None, other: Range) -> Range:
    if one is None:
        return other
    lowest = min(one, other, key=lambda each: each.low)
    return Range(lowest.low, max(one.high, other.high), lowest.source)


def _metadata(path: str, name: str, data: bytes) -> Declared:
    if name == "Cargo.lock":
        return _cargo_lock(path, data)
    python = _python(data)
    return {"python": Range(python, NEWEST, f"{path} admits it")} if python else {}


_PACKAGE = re.compile(rb'^name = "([^"]+)"\r?\nversion = "([^"]+)"', re.MULTILINE)


def _cargo_lock(path: str, data: bytes) -> Declared:
    found: Declared = {}
    for name, text in _PACKAGE.findall(data):
        library = name.decode("utf-8", "replace")
        version = parse_version(text.decode("utf-8", "replace"))
        if version:
            numbers = ".".join(map(str, version))
            locked = Range(version, version, f"{path} has {library} {numbers}")
            found[library] = _spanning(found.get(library), locked)
    return found


_PYTHON = re.compile(
    rb"""^[ \t]*(?:requires-python|python_requires|python)[ \t]*=[ \t]*["']?([^"'\r\n#]+)""",
    re.MULTILINE,
)
_LOWEST = re.compile(r"(?:>=|\^|~=?|==)?\s*(\d+(?:\.\d+)*)")


def _python(data: bytes) -> Version | None:
    """Return the oldest Python that a package's metadata admits."""
    for text in _PYTHON.findall(data):
        parts = text.decode("utf-8", "replace").split(",")
        bounds = [part.strip() for part in parts if not re.match(r"\s*(?:<|!=|>[^=])", part)]
        match = _LOWEST.match(bounds[0]) if bounds else None
        if match:
            return tuple(int(part) for part in match[1].split("."))
    return None


_IMAGE = re.compile(
    rb"^[ \t]*(?:-[ \t]+)?(?:FROM[ \t]+(?:--platform=\S+[ \t]+)?|image:[ \t]*[\"']?)"
    rb"(?:[\w.-]+(?::\d+)?/)*(nginx|envoy|python|nginx-unprivileged):v?(\d+(?:\.\d+)*)",
    re.MULTILINE | re.IGNORECASE,
)


def _images(path: str, data: bytes) -> Declared:
    """Return the versions of the images that a Dockerfile or a compose file names by number."""
    found: Declared = {}
    for image, text in _IMAGE.findall(data):
        library = image.decode().lower().removesuffix("-unprivileged")
        version = parse_version(text.decode())
        if version:
            source = f"{path} names image {library}:{text.decode()}"
            named = Range(version, (*version, 9999), source)
            found[library] = _spanning(found.get(library), named)
    return found
