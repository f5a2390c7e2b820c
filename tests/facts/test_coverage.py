"""Each row of Python's table that says something of TLS is tried, or it is said why not."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from installed import checked, table
from mtlslint.code.api import Row
from programs import programs
from sequences import constructors
from test_names import FILES, NESTED

UNTRIED = yaml.safe_load((Path(__file__).parent / "untried.yaml").read_text(encoding="utf-8"))
WORDS = set(re.findall(r"\w+", " ".join(constructors()))) | {
    word
    for side in ("client", "server")
    for program in programs(side)
    for word in re.findall(r"\w+", program.text)
}


def _decides(row: Row) -> bool:
    return bool(row.chooses or row.takes or row.set or row.default or row.either)


def test_every_row_is_tried_or_excused() -> None:
    rows = {
        path
        for path, row in table().rows.items()
        if path not in NESTED | FILES and checked(path) and _decides(row)
    }
    left = {path for path in rows if path.rstrip("=").rpartition("::")[2] not in WORDS}
    excused = {path for paths in UNTRIED for path in paths.split()}
    assert sorted(left) == sorted(excused)
