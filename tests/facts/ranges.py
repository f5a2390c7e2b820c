"""What only some versions of a library have."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from installed import require
from mtlslint.targets import NEWEST, parse_version

_FILE = Path(__file__).parent / "versions.yaml"


@cache
def _ranges() -> dict[str, dict[str, str]]:
    table = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {name: found for names, found in table.items() for name in names.split()}


def within(name: str) -> bool:
    """Say whether the installed version should have a name or a parameter of the table."""
    found = _ranges().get(name, {})
    since, below = (parse_version(found.get(key, "")) for key in ("since", "below"))
    return (since or ()) <= require(name.partition("::")[0]) < (below or NEWEST)
