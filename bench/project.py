"""How fast whole projects are checked, in MB/s of files read, by technology.

    python bench/project.py [COPIES]

The corpus of each technology is laid out COPIES times (default 20) in a folder and checked in one
process; `git grep` over the same folder is the yardstick, as a ratio.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "corpus"


def seconds(command: list[str], folder: str) -> float:
    """Run a command in a folder; return its wall time."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main(copies: int) -> None:
    """Measure and print a table."""
    print(f"{'technology':12} {'files':>6} {'MB':>6} {'s':>7} {'MB/s':>7} {'x grep':>7}")
    for source in sorted(path for path in CORPUS.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as folder:
            for number in range(copies):
                shutil.copytree(source, Path(folder) / f"copy{number}")
            files = [path for path in Path(folder).rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files) / 1e6
            check = [sys.executable, "-m", "mtlslint", "check", "--jobs", "1", "--isolated"]
            taken = seconds(check, folder)
            grep = seconds(["git", "grep", "--no-index", "-c", "ssl"], folder)
            print(
                f"{source.name:12} {len(files):6} {size:6.1f} {taken:7.2f} "
                f"{size / taken:7.2f} {taken / grep:7.0f}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
