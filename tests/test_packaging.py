"""What is said twice about dependencies says the same."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def bounds(text: str, operator: str) -> dict[str, str]:
    pattern = rf"^([A-Za-z0-9-]+)(?:\[[^\]]*\])?\s*{re.escape(operator)}\s*([0-9.]+)"
    return dict(re.findall(pattern, text, re.MULTILINE))


def test_ci_tests_exactly_the_lowest_allowed_versions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    allowed = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    pinned = (ROOT / ".ci" / "lowest.txt").read_text()

    def release(version: str) -> list[str]:
        return ([*version.split("."), "0", "0"])[:3]

    lowest = {name: release(v) for name, v in bounds("\n".join(allowed), ">=").items()}
    assert {name: release(v) for name, v in bounds(pinned, "==").items()} == lowest


def test_the_package_finds_its_rules_wherever_it_lies() -> None:
    from mtlslint.catalogue import built_in_folder

    folder = Path(built_in_folder())
    assert any(path.name.startswith("MTLS101-") for path in folder.iterdir())
    if not (ROOT / "linter").exists():
        assert folder.parent.name == "mtlslint", "the wheel must carry rules/"


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml"])
def test_the_top_level_holds_what_a_stranger_looks_for(name: str) -> None:
    assert (ROOT / name).stat().st_size > 0
