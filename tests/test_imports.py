"""Start-up and imports decide how fast the command feels: what may be loaded, and when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from certificates import made

HEAVY = (
    "yaml",
    "tree_sitter",
    "libcst",
    "sarif_om",
    "pygls",
    "pathspec",
    "json",
    "asyncio",
    "cryptography",
)

SCRIPT = """
import io, sys
from mtlslint.cli import main
code = main(sys.argv[1:], io.StringIO(), io.StringIO(), io.StringIO())
print(code, *sorted(name for name in sys.modules if "." not in name))
"""


def loaded(*argv: str) -> tuple[str, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *argv], capture_output=True, text=True, check=True
    )
    code, *modules = done.stdout.splitlines()[-1].split()
    return code, set(modules)


def test_version_loads_nothing_heavy() -> None:
    code, modules = loaded("--version")
    assert code == "0"
    assert not modules & set(HEAVY)


def test_an_nginx_run_loads_no_tree_sitter(tmp_path: Path) -> None:
    (tmp_path / "nginx.conf").write_text("http { server { listen 443 ssl; } }\n")
    code, modules = loaded("check", str(tmp_path))
    assert code == "1"
    assert not modules & {"tree_sitter", "libcst", "sarif_om", "pygls", "concurrent", "pathspec"}


@pytest.mark.parametrize(("name", "needed"), [("a.pem", True), ("b.pem", False), ("key", False)])
def test_only_a_certificate_that_is_named_and_held_loads_cryptography(
    tmp_path: Path, name: str, needed: bool
) -> None:
    lines = "listen 443 ssl; ssl_certificate a.pem; ssl_certificate_key key;"
    (tmp_path / "nginx.conf").write_text(f"http {{ server {{ {lines} }} }}\n")
    held = made("a")
    (tmp_path / name).write_bytes(held.private() if name == "key" else held.pem)
    code, modules = loaded("check", str(tmp_path))
    assert code == "1"
    assert ("cryptography" in modules) == needed
