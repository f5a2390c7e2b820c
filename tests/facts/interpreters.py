"""The Pythons of this machine, and what they make of a program."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from mtlslint.targets import Version

HERE = Path(__file__).parent
FIND = HERE.parents[1] / ".ci" / "find-python"
OLDEST, NEWEST = 7, 15


@cache
def interpreters() -> dict[Version, str]:
    """Return the Pythons from 3.7 on by version; the one that runs the tests is always there."""
    running = sys.version_info[:2]
    found = {(3, minor): _found(minor) for minor in range(OLDEST, NEWEST + 1)}
    return {version: path for version, path in {**found, running: sys.executable}.items() if path}


def _found(minor: int) -> str:
    asked = subprocess.run(["bash", str(FIND), f"3.{minor}"], capture_output=True, text=True)
    return asked.stdout.strip()


def ask(interpreter: str, script: str, question: Any) -> Any:
    """Run a script of this folder, which answers a question in JSON."""
    command = [interpreter, "-W", "ignore", str(HERE / script)]
    answer = subprocess.run(
        command, input=json.dumps(question), capture_output=True, text=True, check=True
    )
    return json.loads(answer.stdout)
