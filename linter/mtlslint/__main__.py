"""The command, run as `python -m mtlslint` or `mtlslint`."""

from __future__ import annotations

import gc
import sys

ALLOCATIONS = 200_000
"""Between collections of cyclic garbage; by default it is searched for 30 times at start alone."""


def run() -> int:
    """Run the command with the process's arguments and streams; return the exit code."""
    gc.set_threshold(ALLOCATIONS)
    from mtlslint.cli import main

    return main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr)


if __name__ == "__main__":
    sys.exit(run())
