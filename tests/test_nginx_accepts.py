"""Every sample that is a whole configuration is one: nginx itself takes it.

A sample that the nginx at hand can't take says in its first line why (`# Needs ...`).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from nginx_binary import NGINX, complaint, main_file
from test_corpus import CASES, project

EXCUSE = re.compile(rb"# (?:Needs|Refused by nginx)")


def whole() -> Iterator[tuple[Path, str]]:
    """Yield the samples that nginx can be given, and the file it starts with."""
    for case in CASES:
        files = project(case) if case.parent.name == "nginx" else {}
        main = main_file(files)
        if main and not EXCUSE.match(files[main]):
            yield case, main


@pytest.mark.skipif(not (NGINX and shutil.which("openssl")), reason="no nginx or no openssl")
@pytest.mark.parametrize(
    ("case", "main"), [pytest.param(*sample, id=sample[0].name) for sample in whole()]
)
def test_nginx_takes_the_sample(case: Path, main: str, tmp_path: Path) -> None:
    assert complaint(project(case), main, tmp_path) == ""


def test_nearly_all_samples_are_given_to_it() -> None:
    assert len(list(whole())) >= 100
