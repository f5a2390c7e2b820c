"""How fast Rust or Python source that reaches the parser is read and resolved.

    python bench/source.py rust|python [FOLDER...]

Without a folder, the corpus. Prints MB/s of CPU time, reading and resolving apart and together
(median of three, one process), and how often tree-sitter could merely parse the same bytes in that
time: the figure that means something on another machine. Of several folders, also all together.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import NamedTuple

from mtlslint.__main__ import ALLOCATIONS
from mtlslint.facts import Claim, Paths, Project
from mtlslint.files import DiskFiles
from mtlslint.parsers import python, rust
from mtlslint.source import Source
from mtlslint.targets import Targets

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "corpus"
TECHNOLOGIES = {"rust": (rust, ".rs"), "python": (python, ".py")}
TIMES = 3


def seconds(work: Callable[[], object]) -> float:
    """Return the median CPU time of a piece of work."""
    taken = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return median(taken)


class Measured(NamedTuple):
    """A folder's code in MB, and the CPU seconds that reading, resolving and bare parsing take."""

    size: float
    read: float
    resolve: float
    bare: float

    def line(self, label: str) -> str:
        """Return a row of the table."""
        together = self.read + self.resolve
        return (
            f"{label:24} {self.size:6.2f} {self.size / self.read:6.2f} "
            f"{self.size / self.resolve:8.2f} {self.size / together:9.2f} "
            f"{together / self.bare:8.1f}"
        )


def measure(name: str, folder: Path) -> Measured:
    """Measure one folder."""
    import tree_sitter

    technology, ending = TECHNOLOGIES[name]
    files = DiskFiles(str(folder), ())
    held = {
        path: files.read(path)
        for path in files.names()
        if technology.claims(path, b"") is not Claim.NO
    }
    held = {
        path: data for path, data in held.items() if any(one in data for one in technology.TOKENS)
    }
    code = [data for path, data in held.items() if path.endswith(ending)]
    size = sum(map(len, code)) / 1e6
    grammar = tree_sitter.Language(import_module(f"tree_sitter_{name}").language())
    parser = tree_sitter.Parser(grammar)
    facts = {path: technology.read(Source(path, data)) for path, data in held.items()}
    project = Project(facts, Paths(tuple(files.names())), Targets(), date.today())
    technology.resolve(project)
    bare = seconds(lambda: [parser.parse(data) for data in code])
    read = seconds(lambda: [technology.read(Source(path, data)) for path, data in held.items()])
    resolve = seconds(lambda: technology.resolve(project))
    return Measured(size, read, resolve, bare)


def main(argv: list[str]) -> int:
    """Print a table."""
    if not argv or argv[0] not in TECHNOLOGIES:
        print("say rust or python", file=sys.stderr)
        return 2
    gc.set_threshold(ALLOCATIONS)  # as the command does
    print(f"{'folder':24} {'MB':>6} {'read':>6} {'resolve':>8} {'together':>9} {'x parse':>8}")
    found: list[Measured] = []
    for folder in argv[1:] or [str(CORPUS / argv[0])]:
        found.append(measure(argv[0], Path(folder).resolve()))
        print(found[-1].line(Path(folder).resolve().name))
    if len(found) > 1:
        print(Measured(*map(sum, zip(*found, strict=True))).line("all"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
