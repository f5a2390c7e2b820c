"""The command, run as `python -m mtlslint` or `mtlslint`."""

from __future__ import annotations

import sys


def run() -> int:
    """Run the command with the process's arguments and streams; return the exit code."""
    from mtlslint.cli import main

    return main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr)


if __name__ == "__main__":
    sys.exit(run())
