"""The versions a project runs on: defaults depend on them.

A target is a range. What the configuration says comes first, then what the project declares
(`Cargo.lock`, images), else the assumed range: every version in use for technologies whose old
versions linger, the current one elsewhere. So a default is a value, not an unknown, and says what
it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from posixpath import join, normpath
from types import MappingProxyType
from typing import NamedTuple

from mtlslint.services import COMPOSE

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


Declared = Mapping[tuple[str, str], Range]
"""Ranges by folder (`""` is the root) or file, and library."""


class Targets(NamedTuple):
    """What is configured, and what files of the project declare, the most certain kind first."""

    configured: Mapping[str, Range] = MappingProxyType({})
    declared: tuple[Declared, ...] = ()

    def of(self, library: str, path: str) -> Range | None:
        """Return the range of `library` for the file `path`; None for an unheard-of library.

        Of one kind of declaration, that of the file itself or the nearest above it counts.
        """
        if library in self.configured:
            return self.configured[library]
        for kind in self.declared:
            if (path, library) in kind:
                return kind[path, library]
            folder = path
            while folder:
                folder = folder.rpartition("/")[0]
                if (folder, library) in kind:
                    return kind[folder, library]
        return ASSUMED.get(library)


Found = dict[str, Range]

_BUILDS = re.compile(r"Dockerfile|^Containerfile|\.ya?ml$")
_LOCKS, _METADATA, _IMAGES = range(3)
_KINDS = {
    "Cargo.lock": _LOCKS,
    "Cargo.toml": _METADATA,
    "pyproject.toml": _METADATA,
    "setup.cfg": _METADATA,
    "setup.py": _METADATA,
    "kustomization.yaml": _METADATA,
    "kustomization.yml": _METADATA,
}


def declares(name: str) -> bool:
    """Say whether a file of this name may declare versions."""
    return name in _KINDS or _BUILDS.search(name) is not None


def declared_targets(files: Iterable[tuple[str, bytes]]) -> tuple[Declared, ...]:
    """Return what lock files, package metadata and images declare, in this order.

    What can't be read declares nothing. Of several images in one folder, the range spans all.
    """
    kinds: tuple[dict[tuple[str, str], Range], ...] = ({}, {}, {})
    every = list(files)
    members = list(_members(every))
    for path, data in every:
        folder, _, name = path.rpartition("/")
        kind = _KINDS.get(name, _IMAGES)
        if kind == _LOCKS and any(one.fullmatch(folder) for one in members):
            continue  # Of a workspace, only the root's is heeded.
        for library, range_ in _READERS[kind](path, data).items():
            kept = kinds[kind].get((folder, library))
            kinds[kind][folder, library] = _spanning(kept, range_)
        if kind == _IMAGES:
            for mounted, library, range_ in _mounted(path, data):
                kept = kinds[kind].get((mounted, library))
                kinds[kind][mounted, library] = _spanning(kept, range_)
    return kinds


_MEMBERS = re.compile(
    rb"^[ \t]*\[workspace\](?:(?!^[ \t]*\[).)*?^[ \t]*members[ \t]*=[ \t]*\[([^\]]*)\]",
    re.MULTILINE | re.DOTALL,
)


def _members(files: Iterable[tuple[str, bytes]]) -> Iterator[re.Pattern[str]]:
    """Yield what the folders of workspaces' members are called."""
    for path, data in files:
        folder, _, name = path.rpartition("/")
        listed = _MEMBERS.search(data) if name == "Cargo.toml" else None
        for one in re.findall(rb"""["']([^"']+)""", listed[1]) if listed else ():
            below = re.escape(one.decode("utf-8", "replace").strip("./")).replace(r"\*", "[^/]*")
            yield re.compile(f"{re.escape(folder)}/{below}" if folder else below)


def _spanning(one: Range | None, other: Range) -> Range:
    if one is None:
        return other
    lowest = min(one, other, key=lambda each: each.low)
    return Range(lowest.low, max(one.high, other.high), lowest.source)


def _metadata(path: str, data: bytes) -> Found:
    if path.endswith("Cargo.toml"):
        return _cargo_toml(path, data)
    if path.endswith((".yaml", ".yml")):
        return _kustomized(path, data)
    python = _python(data)
    return {"python": Range(python, NEWEST, f"{path} admits it")} if python else {}


_REPLACED = re.compile(
    rb"name:[ \t]*[\"']?(?:[\w.-]+/)*(nginx|envoy|python)[\"']?[ \t]*\r?\n"
    rb"[ \t]+newTag:[ \t]*[\"']?([\w.-]+)"
)


def _kustomized(path: str, data: bytes) -> Found:
    """Return the versions that kustomize writes over those of the manifests below."""
    found: Found = {}
    for name, tag in _REPLACED.findall(data):
        library = name.decode()
        version = _tagged(library, tag.decode(), official=True)
        if version:
            source = f"{path} says {library} {tag.decode()}"
            found[library] = _spanning(found.get(library), Range(*version, source))
    return found


_REQUIRED = re.compile(
    rb"""^(boring|native-tls)[ \t]*=[ \t]*"""
    rb"""(?:\{[^}\n]*version[ \t]*=[ \t]*)?["']\^?(\d+(?:\.\d+)*)["']""",
    re.MULTILINE,
)


def _cargo_toml(path: str, data: bytes) -> Found:
    """Return what a manifest requires at least; which version is used only a lock file says."""
    found: Found = {}
    for name, text in _REQUIRED.findall(data):
        version = parse_version(text.decode())
        if version:
            library = name.decode()
            required = Range(version, NEWEST, f"{path} requires {library} {text.decode()}")
            found[library] = _spanning(found.get(library), required)
    return found


_PACKAGE = re.compile(rb'^name = "([^"]+)"\r?\nversion = "([^"]+)"', re.MULTILINE)
_OWN = re.compile(
    rb'^name = "[^"]+"\r?\nversion = "[^"]+"\r?\ndependencies = \[([^\]]*)\]', re.MULTILINE
)
_CHOSEN = re.compile(rb'"(\S+) (\d[^" ]*)')


def _cargo_lock(path: str, data: bytes) -> Found:
    """Return what is locked; of several versions of a library those that own crates depend on.

    A package without a source is the project's own. It names a version where there are several.
    """
    chosen = [pair for own in _OWN.findall(data) for pair in _CHOSEN.findall(own)]
    settled = {name for name, _ in chosen}
    others = [pair for pair in _PACKAGE.findall(data) if pair[0] not in settled]
    found: Found = {}
    for name, text in (*chosen, *others):
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
    rb"^[ \t]*(?:-[ \t]+)?(?:\{(?:[^\n#]*[, ])?)?"
    rb"(?:FROM[ \t]+(?:--platform=\S+[ \t]+)?|image:[ \t]*[\"']?)"
    rb"((?:[\w.-]+(?::\d+)?/)*)(nginx|envoy|python|nginx-unprivileged|openresty"
    rb"|envoy(?:-alpine|-distroless|-contrib|-tools|-windows)?(?:-debug)?)"
    rb"(?::([\w.-]+))?(?=[\s\"',}]|$)",
    re.MULTILINE | re.IGNORECASE,
)
_HELM = re.compile(
    rb"^([ \t]*)repository:[ \t]*[\"']?((?:[\w.-]+/)*)"
    rb"(nginx|nginx-unprivileged|openresty|python|envoy)"
    rb"[\"']?[ \t]*\r?\n\1tag:[ \t]*[\"']?([\w.-]+)",
    re.MULTILINE,
)
_LIBRARIES = {"nginx-unprivileged": "nginx", "openresty": "nginx"}
# Who publishes images that follow the releases, besides whoever mirrors the official ones.
_PUBLISHERS = frozenset(
    {
        *("library", "nginx", "nginxinc", "openresty", "envoyproxy"),
        *("bitnami", "bitnamilegacy", "chainguard", "linuxserver"),
    }
)
_REGISTRY = re.compile(r"localhost/|[\w-]*[.:][\w.:-]*/")
_FIRST_IMAGE: Version = (1, 7)  # of nginx on Docker Hub: lower numbers are somebody's own
# What a tag that names no release stands for: whatever is current when the image is pulled.
_CURRENT: Mapping[str, Version] = {"nginx": (1, 28), "python": (3, 13)}
_VARIANT = re.compile(
    r"^(?:distroless|contrib|debug|tools|windows)-"
)  # of Envoy's image, before the version
_FLOATING = re.compile(r"(?:latest|mainline|stable|alpine|slim|bookworm|trixie|\d+)(?:-[a-z]+)*$")


def _images(path: str, data: bytes) -> Found:
    """Return the versions of the images that a Dockerfile, compose file or manifest names."""
    if path.endswith((".yaml", ".yml")) and not _names_images(path, data):
        return {}
    found: Found = {}
    named = list(_IMAGE.findall(_filled_in(data)))
    named += [found[1:] for found in _HELM.findall(data)]
    for publisher, image, tag in named:
        name = image.decode().lower()
        library = "envoy" if name.startswith("envoy") else _LIBRARIES.get(name, name)
        version = _tagged(library, tag.decode(), _follows_releases(publisher.decode()))
        if version:
            source = f"{path} names image {name}{':' if tag else ''}{tag.decode()}"
            found[library] = _spanning(found.get(library), Range(*version, source))
    return found


_SERVICE = re.compile(rb"^([ \t]+)[\w.-]+:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_MOUNT = re.compile(rb"""[\s"'\[]((?:\./|\.\./)[\w./-]+):/[\w./-]""")


def _mounted(path: str, data: bytes) -> Iterator[tuple[str, str, Range]]:
    """Yield what a compose file mounts into services whose image says a version, and into which."""
    if not COMPOSE.fullmatch(path.rpartition("/")[2]) or len(_IMAGE.findall(data)) < 2:
        return
    heads = list(_SERVICE.finditer(data))
    indent = min((len(head[1]) for head in heads), default=0)
    starts = [head.start() for head in heads if len(head[1]) == indent]
    for start, end in pairwise([*starts, len(data)]):
        block = data[start:end]
        for library, range_ in _images(path, block).items():
            for name in _MOUNT.findall(block):
                beside = normpath(join(path.rpartition("/")[0], name.decode()))
                yield beside, library, range_


def _names_images(path: str, data: bytes) -> bool:
    """Whether a YAML file deploys something: a workflow's image is where tests run."""
    if COMPOSE.fullmatch(path.rpartition("/")[2]):
        return True
    return b"repository:" in data or (b"apiVersion:" in data and b"image:" in data)


def _follows_releases(publisher: str) -> bool:
    """Whether the tags under a registry and folder are those of the program in the image."""
    folders = _REGISTRY.sub("", publisher, count=1).lower().strip("/")
    return not folders or folders.split("/")[-1] in _PUBLISHERS


def _tagged(library: str, tag: str, official: bool) -> tuple[Version, Version] | None:
    version = parse_version(_VARIANT.sub("", tag))
    if version and len(version) > 1:
        if library == "nginx" and not official and version < _FIRST_IMAGE:
            return None
        version = version[:3]  # OpenResty's fourth number is its own
        newest = (*version, 9999)
        return (newest if len(version) == 2 else version), newest  # 1.25 is 1.25's last release
    if official and library in _CURRENT and (not tag or _FLOATING.match(tag)):
        return _CURRENT[library], NEWEST
    return None


_ARG = re.compile(rb"^[ \t]*ARG[ \t]+(\w+)=[\"']?([\w.:/-]+)", re.MULTILINE)
_USE = re.compile(rb"\$(?:\{(\w+)(?::-([\w.-]+))?\}|(\w+))")


def _filled_in(data: bytes) -> bytes:
    """Return a file with its build arguments and defaults in place."""
    values = dict(_ARG.findall(data))

    def fill(use: re.Match[bytes]) -> bytes:
        return values.get(use[1] or use[3]) or use[2] or use[0]

    return _USE.sub(fill, data) if b"$" in data else data


_READERS = {_LOCKS: _cargo_lock, _METADATA: _metadata, _IMAGES: _images}
