"""The disk as an untrusted tree."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from mtlslint.files import MAX_BYTES, DiskFiles, project_root


def test_what_git_ignores_and_links_are_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.conf").write_text("x")
    root = tmp_path / "root"
    (root / "sub" / "build").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("x")
    (root / ".gitignore").write_text("*.log\nbuild/\n")
    (root / "sub" / ".gitignore").write_text("!keep.log\n/local.conf\n")
    for name in ("a.conf", "a.log", "sub/keep.log", "sub/local.conf", "sub/b.conf"):
        (root / name).write_text("x")
    (root / "sub" / "build" / "c.conf").write_text("x")
    (root / "link.conf").symlink_to(outside / "secret.conf")
    (root / "linked").symlink_to(outside)
    (root / "sub" / "loop").symlink_to(root)
    assert list(DiskFiles(root).names()) == [
        ".gitignore",
        "a.conf",
        "sub/.gitignore",
        "sub/b.conf",
        "sub/keep.log",
    ]


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_what_git_tracks_is_read_though_it_is_ignored(tmp_path: Path, version: str) -> None:
    names = ["config/deep/a.conf", "config/b.conf", "long" * 40 + ".conf", "z.log"]
    for name in (*names, "config/new.conf", "other.log"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / ".gitignore").write_text("config\n*.log\n")
    for arguments in (
        ["init", "-q"],
        ["update-index", "--index-version", version],
        ["add", "-f", *names],
        ["add", "-N", "-f", ".gitignore"],
    ):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)
    assert list(DiskFiles(tmp_path).names()) == sorted([".gitignore", *names])
    index = tmp_path / ".git" / "index"
    whole = index.read_bytes()
    for broken in (whole[:150], whole[:8] + b"\xff" * 4):  # cut off, four billion entries of none
        index.write_bytes(broken)
        assert list(DiskFiles(tmp_path).names()) == [".gitignore", names[2]]


def test_a_line_of_gitignore_that_is_no_pattern_matches_nothing(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("[z-a]*\n*.log\n!\n")
    for name in ("a.log", "b.conf", "z.conf"):
        (tmp_path / name).write_text("")
    assert list(DiskFiles(tmp_path).names()) == [".gitignore", "b.conf", "z.conf"]


def test_excluded_patterns(tmp_path: Path) -> None:
    (tmp_path / "old" / "x").mkdir(parents=True)
    (tmp_path / "old" / "x" / "a.conf").write_text("x")
    (tmp_path / "b.conf").write_text("x")
    assert list(DiskFiles(tmp_path, ("old/",)).names()) == ["b.conf"]


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "big.conf").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(OSError, match="more than is read of one file"):
        DiskFiles(tmp_path).read("big.conf")


def test_names_that_are_no_text_are_passed_over(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff.conf", "w") as file:
        file.write("x")
    assert list(DiskFiles(tmp_path).names()) == []


def test_a_named_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.conf")
    assert list(DiskFiles(tmp_path).names()) == []


def test_the_root_is_the_nearest_configuration_or_repository(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "x.conf").write_text("x")
    (tmp_path / "a" / "y.conf").write_text("y")
    both = [inner / "x.conf", tmp_path / "a" / "y.conf"]
    assert project_root(both) == str(tmp_path / "a")
    assert project_root([inner]) == str(inner)
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    assert project_root([inner]) == str(inner), "a pyproject without our table says nothing"
    (tmp_path / ".git").mkdir()
    assert project_root([inner]) == str(tmp_path)
    (tmp_path / "a" / ".mtlslint.toml").write_text("")
    assert project_root([inner]) == str(tmp_path / "a")
