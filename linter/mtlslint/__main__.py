"""The command, run as `python -m mtlslint` or `mtlslint`."""

from __future__ import annotations

import gc
import sys

ALLOCATIONS = 200_000
"""Between collections of cyclic garbage; by default it is searched for 30 times at start alone."""


def run() -> int:
    """Run the command with the process's arguments and streams; return the exit code."""
    gc.set_threshold(ALLOCATIONS)
    from mtlslint.cli import FAILED, main

    try:
        return main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr)
    except Exception:  # noqa: BLE001 - Python's own exit code, 1, would mean findings
        import traceback

        traceback.print_exc()
        print("mtlslint: internal error, nothing was checked; please report it", file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(run())
