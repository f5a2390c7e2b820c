"""Reads from a Cargo.toml under which other names its crate knows its dependencies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_INLINE = re.compile(
    r'^[ \t]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*\{[^}\n]*\bpackage[ \t]*=[ \t]*"([^"]+)"', re.MULTILINE
)
_TABLE = re.compile(
    r"^[ \t]*\[[^\]\n]*dependencies\.([A-Za-z0-9_-]+)\]((?:(?!^[ \t]*\[).)*?)"
    r'^[ \t]*package[ \t]*=[ \t]*"([^"]+)"',
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """`renames` maps the name used in code to the package's name in code."""

    renames: dict[str, str] = field(default_factory=dict)


def read_manifest(data: bytes) -> Manifest:
    """Return what a Cargo.toml renames; one that isn't TOML renames nothing."""
    text = data.decode("utf-8", "replace")
    found: dict[str, str] = dict(_INLINE.findall(text))
    found |= {name: package for name, _, package in _TABLE.findall(text)}
    return Manifest({_in_code(name): _in_code(package) for name, package in found.items()})


def _in_code(name: str) -> str:
    return name.replace("-", "_")
