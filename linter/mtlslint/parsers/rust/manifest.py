"""Reads a Cargo.toml: under which other names its crate knows crates, which it uses, and how.

Features add up over a whole workspace, so what one manifest doesn't switch on another may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_INLINE = re.compile(
    r'^[ \t]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*\{[^}\n]*\bpackage[ \t]*=[ \t]*"([^"]+)"', re.MULTILINE
)
_TABLE = re.compile(
    r"^[ \t]*\[[^\]\n]*dependencies\.([A-Za-z0-9_-]+)\]((?:(?!^[ \t]*\[).)*?)"
    r'^[ \t]*package[ \t]*=[ \t]*"([^"]+)"',
    re.MULTILINE | re.DOTALL,
)
_OTHERWISE = re.compile(
    r"^[ \t]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*\{[^}\n]*\b(?:git|path)[ \t]*="
    r"|^[ \t]*\[(?:[^\]\n]*dependencies|patch\.[^\]\n]+)\.([A-Za-z0-9_-]+)\](?:(?!^[ \t]*\[).)*?"
    r"^[ \t]*(?:git|path)[ \t]*=",
    re.MULTILINE | re.DOTALL,
)
_EDITION = re.compile(r"^[ \t]*edition[ \t]*[.=](?![ \t]*[\"']2015)", re.MULTILINE)
_USED = re.compile(
    r"^[ \t]*(?:([A-Za-z0-9_-]+)[ \t]*[.=]|\[[^\]\n]*dependencies\.([A-Za-z0-9_-]+)\])",
    re.MULTILINE,
)
_NAMED = re.compile(
    r"""^[ \t]*\[(package|lib)\][^\[]*?^[ \t]*name[ \t]*=[ \t]*["']([^"']+)["']""",
    re.MULTILINE | re.DOTALL,
)
_QUOTED = re.compile(r"\"([A-Za-z0-9_?/-]+)\"|'([A-Za-z0-9_?/-]+)'")


@dataclass(frozen=True, slots=True)
class Manifest:
    """`renames` maps the name used in code to the package's name in code.

    `crate` is how others write the crate's own name in code. `names` are all keys, crates among
    them; `features` all words in quotes that may be features. `forks` come from elsewhere than the
    registry, and may have what the published crate hasn't. Without an `edition` it is 2015.
    """

    crate: str = ""
    renames: dict[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    forks: frozenset[str] = frozenset()
    edition: bool = False


def read_manifest(data: bytes) -> Manifest:
    """Return what a Cargo.toml says; one that isn't TOML says nothing."""
    text = data.decode("utf-8", "replace")
    found: dict[str, str] = dict(_INLINE.findall(text))
    found |= {name: package for name, _, package in _TABLE.findall(text)}
    return Manifest(
        _in_code(_own_name(text)),
        {_in_code(name): _in_code(package) for name, package in found.items()},
        frozenset(one or other for one, other in _USED.findall(text)),
        frozenset((one or other).rpartition("/")[2] for one, other in _QUOTED.findall(text)),
        frozenset(_in_code(one or other) for one, other in _OTHERWISE.findall(text)),
        _EDITION.search(text) is not None,
    )


def _own_name(text: str) -> str:
    """Return the library's name if it has one of its own, else the package's."""
    found: dict[str, str] = dict(_NAMED.findall(text))
    return found.get("lib", found.get("package", ""))


def surely_without(crate: str, feature: str, own: str, manifests: dict[str, Manifest]) -> bool:
    """Whether the crate of the manifest `own` uses `crate`, and nobody asks for the feature."""
    above = (manifests[path] for path in ancestors(own) if path in manifests)
    used = any(crate in one.names for one in above)
    return used and not any(feature in one.features for one in manifests.values())


def renamed(own: str, manifests: dict[str, Manifest]) -> dict[str, str]:
    """Return the renames that the manifest `own` has or takes over from its workspace."""
    found: dict[str, str] = {}
    for path in reversed(list(ancestors(own))):
        found |= manifests[path].renames if path in manifests else {}
    return found


def forked(own: str, manifests: dict[str, Manifest]) -> frozenset[str]:
    """Return the crates that the manifest `own` or its workspace takes from elsewhere."""
    above = (manifests[path].forks for path in ancestors(own) if path in manifests)
    return frozenset().union(*above)


def ancestors(path: str) -> Iterator[str]:
    """Yield a manifest's path and those of the folders above, nearest first."""
    parts = path.split("/")[:-1]
    return ("/".join((*parts[:count], "Cargo.toml")) for count in range(len(parts), -1, -1))


def _in_code(name: str) -> str:
    return name.replace("-", "_")
