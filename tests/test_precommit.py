"""The hook, run by pre-commit itself on a repository of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SERVER = """\
server {
    listen 443 ssl;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_client_certificate /etc/nginx/ca.pem;
    ssl_verify_client %s;
    location / { root /srv; }
}
"""

pytestmark = [
    pytest.mark.skipif(not shutil.which("pre-commit"), reason="no pre-commit"),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no git repository to try"),
]


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, mode: str) -> None:
    (folder / "conf d" / "sérvice.conf").write_text(SERVER % mode, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", mode)


def try_repo(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PRE_COMMIT_HOME": str(folder.parent / "cache")}
    return subprocess.run(
        ["pre-commit", "try-repo", str(ROOT), "mtlslint", "--all-files", "--verbose"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_hook_fails_on_a_finding_and_passes_without(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "conf d").mkdir(parents=True)
    git(project, "init", "-q")
    commit(project, "optional")
    failed = try_repo(project)
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "conf d/sérvice.conf:5:5: error MTLS101" in failed.stdout
    commit(project, "on")
    passed = try_repo(project)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "1 TLS server: 1 mutual" in passed.stdout
