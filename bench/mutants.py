"""How many small changes to the code the tests notice: mutation testing, by sample.

    python bench/mutants.py [--number N] [--seed S] [--jobs J] PATTERN TEST...

PATTERN is a glob of modules below linter/mtlslint (`code/*.py`), TEST what pytest takes; several
rounds are parted by `+`: only what one round doesn't notice goes to the next. N mutants (default
200) are drawn from all that can be made; each runs in a process of its own. A mutant on which the
tests take five times as long as without counts as noticed. Prints those that nobody noticed, each
as soon as it is known, and the share by kind of change.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "linter"
SLOWER = 5
SWAPS = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}


class Mutant(NamedTuple):
    """One change: `new` instead of the characters from `start` to `end` of a module."""

    path: Path
    start: int
    end: int
    new: str
    kind: str


class Places:
    """Turns the line and byte column of a syntax node into an offset in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a 1-based line and a 0-based column in UTF-8 bytes."""
        before = self.lines[line - 1].encode()[:column]
        return self.starts[line - 1] + len(before.decode())

    def range(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return where a node begins and ends."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self.offset(node.lineno, node.col_offset), self.offset(end_line, end_column)


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module. Types, doc strings and imports are left alone."""
    text = path.read_text("utf-8")
    places = Places(text)
    for node in _code(ast.parse(text)):
        for start, end, new, kind in _changes(node, places):
            yield Mutant(path, start, end, new, kind)


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "bases"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.Import | ast.ImportFrom):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                continue
            yield child
            yield from _code(child)


def _changes(node: ast.AST, places: Places) -> Iterator[tuple[int, int, str, str]]:
    if isinstance(node, ast.Compare):
        yield from _swaps([node.left, *node.comparators], node.ops, places)
    elif isinstance(node, ast.BoolOp):
        yield from _swaps(node.values, [node.op] * (len(node.values) - 1), places)
    elif isinstance(node, ast.BinOp):
        yield from _swaps([node.left, node.right], [node.op], places)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        start, end = places.range(node.test)
        yield start, end, f"not ({places.text[start:end]})", "condition"
    elif isinstance(node, ast.Return) and node.value is not None:
        yield (*places.range(node.value), "None", "return")
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield (*places.range(node), "pass", "statement")
    elif isinstance(node, ast.Continue | ast.Break):
        other = "break" if isinstance(node, ast.Continue) else "continue"
        yield (*places.range(node), other, "loop")
    elif isinstance(node, ast.Constant):
        yield from _constant(node, places)


def _swaps(
    operands: list[ast.expr], operators: list[ast.AST], places: Places
) -> Iterator[tuple[int, int, str, str]]:
    for left, right, operator in zip(operands, operands[1:], operators, strict=False):
        old, new = SWAPS.get(type(operator), ("", ""))
        end, begin = places.range(left)[1], places.range(right)[0]
        at = places.text.find(old, end, begin) if old else -1
        if at >= 0:
            yield at, at + len(old), new, "operator"


def _constant(node: ast.Constant, places: Places) -> Iterator[tuple[int, int, str, str]]:
    start, end = places.range(node)
    if isinstance(node.value, bool):
        yield start, end, str(not node.value), "constant"
    elif isinstance(node.value, int):
        yield start, end, str(node.value + 1), "constant"
    elif isinstance(node.value, str) and places.text[start] in "\"'" and node.value:
        yield start, end, repr(f"~{node.value}"), "string"


class Finder(MetaPathFinder):
    """Gives the mutant's module its changed text."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.path.relative_to(SOURCES).with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        """Return a loader for the one module."""
        if name != self.name:
            return None
        changed = Changed(name, str(self.mutant.path))
        changed.mutant = self.mutant
        return spec_from_file_location(name, self.mutant.path, loader=changed)


class Changed(SourceFileLoader):
    """Loads a module whose text is changed."""

    mutant: Mutant

    def get_code(self, fullname: str) -> CodeType:
        """Compile the changed text; no bytecode is read or kept."""
        path, start, end, new, _ = self.mutant
        text = path.read_text("utf-8")
        return compile(text[:start] + new + text[end:], str(path), "exec")


def tried(
    mutants: list[Mutant], rounds: list[list[str]], jobs: int, limit: int
) -> Iterator[tuple[Mutant, bool]]:
    """Run the tests on each mutant in a child process, for at most `limit` seconds.

    Yield each, in the order in which they end, and whether a test failed.
    """
    import hypothesis  # noqa: F401  (what every child needs is loaded once)
    import pytest  # noqa: F401

    running: dict[int, Mutant] = {}
    for mutant in mutants:
        if len(running) == jobs:
            yield _wait(running)
        child = os.fork()
        if child == 0:
            signal.alarm(limit)
            os._exit(_run(mutant, rounds))
        running[child] = mutant
    while running:
        yield _wait(running)


def _wait(running: dict[int, Mutant]) -> tuple[Mutant, bool]:
    child, status = os.wait()
    return running.pop(child), status != 0


def _run(mutant: Mutant, rounds: list[list[str]]) -> int:
    import pytest

    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.meta_path.insert(0, Finder(mutant))
    for tests in rounds:
        status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])
        if status != pytest.ExitCode.OK:
            return 1
    return 0


def _told(mutant: Mutant) -> str:
    text = mutant.path.read_text("utf-8")
    line = text.count("\n", 0, mutant.start) + 1
    old = " ".join(text[mutant.start : mutant.end].split())
    where = mutant.path.relative_to(ROOT)
    return f"{where}:{line}: {mutant.kind}: {old[:60]} -> {mutant.new[:60]}"


def main(argv: list[str]) -> int:
    """Draw the mutants, run the tests on them, print what nobody noticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("pattern")
    parser.add_argument("tests", nargs=argparse.REMAINDER)
    given = parser.parse_args(argv)
    os.chdir(ROOT)
    rounds = [part.split() for part in " ".join(given.tests).split(" + ")]
    paths = sorted((SOURCES / "mtlslint").glob(given.pattern))
    every = [mutant for path in paths for mutant in mutants_of(path)]
    start = time.monotonic()
    if next(tried([Mutant(paths[0], 0, 0, "", "none")], rounds, 1, limit=3600))[1]:
        print("the tests fail without any change")
        return 2
    limit = int(SLOWER * (time.monotonic() - start)) + 1
    drawn = random.Random(given.seed).sample(every, min(given.number, len(every)))
    missed = []
    for mutant, noticed in tried(drawn, rounds, given.jobs, limit):
        if not noticed:
            missed.append(mutant)
            print(_told(mutant), flush=True)
    totals, unseen = Counter(one.kind for one in drawn), Counter(one.kind for one in missed)
    for kind, total in sorted(totals.items()):
        print(f"{kind:10} {total - unseen[kind]:4} of {total:4} noticed")
    share = 1 - len(missed) / len(drawn)
    print(f"{len(drawn)} of {len(every)} mutants tried: {share:.0%} noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
