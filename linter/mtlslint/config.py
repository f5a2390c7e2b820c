"""Configuration: `[tool.mtlslint]` in pyproject.toml, or `.mtlslint.toml`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from mtlslint.files import no_pattern
from mtlslint.finding import LEVELS
from mtlslint.rule import PROFILES
from mtlslint.shape import Fields, Items, Node, ShapeError, Table, Text
from mtlslint.targets import ASSUMED, NEWEST, Range, Version, parse_version

AUTO = "auto"
TESTS = ("report", "note", "skip")
FAIL_ON = (*LEVELS[1:], "never")


class ConfigError(Exception):
    """The configuration is unusable; the text names file, line and what is wrong."""


class Config(NamedTuple):
    """What a check is told. Paths of reports and exit codes are the command line's business."""

    profile: str = AUTO
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: str = "warning"
    tests: str = "note"
    targets: Mapping[str, Range] = MappingProxyType({})
    rules_dir: str | None = None
    inline_ignores: bool = True


def read_range(text: str) -> Range | None:
    """Read `1.24`, `>=1.18`, `1.18-1.26`: None if it is none of these.

    A version is meant with all that begin with it: `1.24` ends at 1.24.9999.
    """
    text = text.strip()
    ends = re.fullmatch(r"(\d+(?:\.\d+)*)\s*-\s*(\d+(?:\.\d+)*)", text)
    if ends:
        low, high = parse_version(ends[1]), parse_version(ends[2])
    elif text.startswith(">="):
        low, high = parse_version(text[2:]), NEWEST
    else:
        low = high = parse_version(text) if re.fullmatch(r"\d+(\.\d+)*", text) else None
    if low is None or high is None or low > _all_of(high):
        return None
    return Range(low, _all_of(high), f"configured as {text}")


def _all_of(version: Version) -> Version:
    return (*version, 9999)


def _bad_range(text: str) -> str | None:
    return None if read_range(text) else f"'{text}' is no version or range such as '>=1.24'"


CONFIG_FILE = Fields(
    {
        "profile": Text((AUTO, *PROFILES)),
        "select": Items(Text()),
        "ignore": Items(Text()),
        "exclude": Items(Text(check=no_pattern)),
        "fail-on": Text(FAIL_ON),
        "tests": Text(TESTS),
        "targets": Table(Text(tuple(ASSUMED)), Text(check=_bad_range)),
        "rules-dir": Text(),
    }
)
"""The shape of the configuration."""


def load_config(path: str) -> Config:
    """Read a configuration file; raises ConfigError."""
    toml = _toml()
    try:
        with open(path, "rb") as file:
            data = file.read()
        table: Any = toml.loads(data.decode("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from None
    except (UnicodeDecodeError, toml.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None
    if os.path.basename(path) == "pyproject.toml":
        table = table.get("tool", {}).get("mtlslint", {})
    lines = data.decode("utf-8").splitlines()
    try:
        return _config(CONFIG_FILE.read(_node(table, lines, 1)))
    except ShapeError as error:
        raise ConfigError(f"{path}:{error.line}: {error.message}") from None


def _config(values: dict[str, Any]) -> Config:
    fields: dict[str, Any] = {key.replace("-", "_"): value for key, value in values.items()}
    if "targets" in fields:
        fields["targets"] = {name: read_range(text) for name, text in fields["targets"].items()}
    return Config(**fields)


def _node(value: object, lines: list[str], line: int) -> Node:
    """Make nodes of a TOML value. The reader gives no lines: they are looked up by key."""
    if isinstance(value, dict):
        table = {}
        for key, inner in value.items():
            at = _line_of(key, lines)
            table[key, at] = _node(inner, lines, at)
        return Node(table, line)
    if isinstance(value, list):
        return Node([_node(item, lines, line) for item in value], line)
    return Node(value, line)


def _line_of(key: str, lines: list[str]) -> int:
    pattern = re.compile(rf"""\s*(\[.*\b)?["']?{re.escape(key)}["']?\s*[=\].]""")
    start = next((n for n, text in enumerate(lines) if "[tool.mtlslint" in text), 0)
    matching = (n for n, text in enumerate(lines) if n >= start and pattern.match(text))
    return next(matching, start) + 1


def _toml() -> Any:
    """Return the standard library's TOML reader, before Python 3.11 its backport."""
    if sys.version_info >= (3, 11):
        import tomllib

        return tomllib
    import tomli  # type: ignore[import-not-found,unused-ignore]

    return tomli
