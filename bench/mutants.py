"""How many small changes to the code the tests notice: mutation testing, by sample.

    python bench/mutants.py [--number N] [--seed S] [--jobs J] PATTERN TEST...

PATTERN is a glob of modules below linter/mtlslint (`code/*.py`), TEST what pytest takes. N mutants
(default 200) are drawn from all that can be made. First all tests run as they are, and it is noted
which lines each of them reaches; then each mutant gets a process of its own, in which only those
tests run that reach it: for a module's constant, its module. What is not noticed so and might only
show when the module is loaded is tried again with all modules loaded anew. One on which a test
takes far longer than without counts as noticed.
Prints those that nobody noticed, each as soon as it is known, and the share by kind of change.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from functools import _lru_cache_wrapper
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from io import StringIO
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import hypothesis
import pytest
from changes import ROOT, SOURCES, Mutant, mutants_of, told

SLOWER = 10
"""How many times its usual time a test may take, and a second."""


class Finder(MetaPathFinder):
    """Lets one module be loaded from changed text."""

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
        return self.mutant.compiled()


Try = Callable[[Mutant], bool]
"""Runs in a process of its own; whether the tests notice the mutant."""


def tried(mutants: Iterable[Mutant], jobs: int, run: Try) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant, in the order in which their tests end, and whether one failed."""
    running: dict[int, Mutant] = {}
    for mutant in mutants:
        if len(running) == jobs:
            yield _wait(running)
        child = os.fork()
        if child == 0:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            status = 2
            try:
                status = run(mutant)
            finally:
                os._exit(status)
        running[child] = mutant
    while running:
        yield _wait(running)


def _wait(running: dict[int, Mutant]) -> tuple[Mutant, bool]:
    child, status = os.wait()
    mutant = running.pop(child)
    if os.waitstatus_to_exitcode(status) > 1:
        raise RuntimeError(f"could not be tried: {told(mutant)}")
    return mutant, status != 0


def loaded_anew(tests: list[str], seconds: float) -> Try:
    """Return how a mutant is tried that shows when its module is loaded, in CPU time."""

    def run(mutant: Mutant) -> bool:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        for name, module in list(sys.modules.items()):
            place = str(getattr(module, "__file__", None) or "")
            if place.startswith(str(ROOT)) and name not in ("__main__", "changes"):
                del sys.modules[name]
        sys.meta_path.insert(0, Finder(mutant))
        return pytest.main(["-x", *QUIET, *tests]) != pytest.ExitCode.OK

    return run


QUIET = ("-s", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal")


class Tracer:
    """Notes which lines of some files are reached, and which ones where a result is kept.

    What is reached while a result is made that is kept (`functools.cache`) concerns all tests,
    whichever was the first.
    """

    def __init__(self, files: set[str], keeping: set[CodeType]) -> None:
        self.files = files
        self.keeping = keeping
        self.depth = 0
        self.left: dict[CodeType, set[int]] = {}
        self.seen: set[tuple[str, int]] = set()
        self.kept: set[tuple[str, int]] = set()

    def __call__(self, frame: FrameType, event: str, arg: object) -> Any:
        """Follow what is called."""
        code = frame.f_code
        if code in self.keeping:
            self.depth += 1
            return self._follow
        if code.co_filename not in self.files:
            return None
        if code not in self.left:
            self.left[code] = {line for *_, line in code.co_lines() if line}
        return self._follow if self.left[code] else None

    def _follow(self, frame: FrameType, event: str, arg: object) -> Any:
        code = frame.f_code
        if event == "line" and code.co_filename in self.files:
            self.left.get(code, set()).discard(frame.f_lineno)
            (self.kept if self.depth else self.seen).add((code.co_filename, frame.f_lineno))
        elif event == "return" and code in self.keeping:
            self.depth -= 1
        return self._follow


class Bench:
    """A pytest plugin that runs the collected tests as they are, and then on each mutant."""

    def __init__(self, mutants: list[Mutant], jobs: int, tests: list[str]) -> None:
        self.mutants = mutants
        self.tests = tests
        self.jobs = jobs
        self.missed: list[Mutant] = []
        self.times: list[float] = []
        self.reached: defaultdict[tuple[str, int], set[int]] = defaultdict(set)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop over the tests."""
        self.session = session
        self.kept = [
            one
            for one in gc.get_objects()
            if isinstance(one, _lru_cache_wrapper) and one.__module__.startswith("mtlslint")
        ]
        self._follow_all()
        if not session.testsfailed:
            again = loaded_anew(self.tests, 600)
            outside = []
            for mutant, noticed in tried(self.mutants, self.jobs, self.run):
                if not noticed and not mutant.function:
                    outside.append(mutant)
                elif not noticed:
                    self._miss(mutant)
            for mutant, noticed in tried(outside, self.jobs, again):
                if not noticed:
                    self._miss(mutant)
        return True

    def _miss(self, mutant: Mutant) -> None:
        self.missed.append(mutant)
        print(told(mutant), flush=True)

    def _follow_all(self) -> None:
        """Run all tests, and note what each of them reaches and how long it takes."""
        self._forget()
        codes = {unwrapped(one).__code__ for one in self.kept}
        tracer = Tracer({str(one.path) for one in self.mutants}, codes)
        for number in range(len(self.session.items)):
            tracer.left.clear()
            tracer.seen.clear()
            before = time.process_time()
            sys.settrace(tracer)
            with redirect_stdout(StringIO()):
                self._test([number, number + 1], 0)
            sys.settrace(None)
            self.times.append(time.process_time() - before)
            for place in tracer.seen:
                self.reached[place].add(number)
        for place in tracer.kept:
            self.reached[place].update(range(len(self.session.items)))

    def _forget(self) -> None:
        for one in self.kept:
            one.cache_clear()

    def _test(self, numbers: list[int], at: int) -> None:
        items = self.session.items
        following = numbers[at + 1] if at + 1 < len(numbers) else len(items)
        after = items[following] if following < len(items) else None
        hook = items[numbers[at]].config.hook
        hook.pytest_runtest_protocol(item=items[numbers[at]], nextitem=after)

    def _reaching(self, mutant: Mutant) -> set[int]:
        """Return the tests that reach a change, or its module if it is in no function."""
        at = str(mutant.path)
        lines = (
            mutant.lines if mutant.function else {line for path, line in self.reached if path == at}
        )
        return {number for line in lines for number in self.reached[at, line]}

    def run(self, mutant: Mutant) -> bool:
        """Put the changed function in place and run the tests that reach it, the fastest first."""
        ordered = sorted(self._reaching(mutant), key=lambda number: self.times[number])
        try:
            put_in_place(mutant)
        except UNLOADABLE:
            return True
        self._forget()
        for index, number in enumerate(ordered):
            signal.setitimer(signal.ITIMER_PROF, 1 + SLOWER * self.times[number])
            self._test(ordered, index)
            if self.session.testsfailed:
                return True
        return False


def put_in_place(mutant: Mutant) -> None:
    """Let a function that is loaded do what the changed one does, or change a constant."""
    found: Any = sys.modules[Finder(mutant).name]
    code: Any = mutant.compiled()
    if not mutant.function:
        change_constants(found, code)
        return
    for part in mutant.function.split("."):
        found = found.__dict__[part]
        code = next(one for one in code.co_consts if getattr(one, "co_name", "") == part)
    unwrapped(found).__code__ = code


def change_constants(module: ModuleType, code: CodeType) -> None:
    """Give a module's constants other values wherever they are known by their names."""
    made: dict[str, Any] = {"__name__": module.__name__, "__file__": module.__file__}
    exec(code, made)
    for name, old in list(vars(module).items()):
        new = made.get(name)
        if isinstance(old, CONSTANTS) and (type(new) is not type(old) or new != old):
            for other in list(sys.modules.values()):
                if getattr(other, "__dict__", {}).get(name) is old:
                    setattr(other, name, new)


UNLOADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NameError,
    TypeError,
    ValueError,
    re.error,
)
"""What a module may raise that can't be loaded any more."""
CONSTANTS = (str, bytes, int, float, tuple, frozenset, dict, re.Pattern)


def unwrapped(function: Any) -> FunctionType:
    """Return the function behind a property, a class method or something that keeps results."""
    while not isinstance(function, FunctionType) or hasattr(function, "__wrapped__"):
        names = ("__wrapped__", "__func__", "fget", "func")
        function = next(getattr(function, name) for name in names if hasattr(function, name))
    return function


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
    hypothesis.settings.register_profile("bench", deadline=None, database=None, derandomize=True)
    hypothesis.settings.load_profile("bench")
    paths = sorted((SOURCES / "mtlslint").glob(given.pattern))
    every = [mutant for path in paths for mutant in mutants_of(path)]
    drawn = random.Random(given.seed).sample(every, min(given.number, len(every)))
    bench = Bench(drawn, given.jobs, given.tests)
    if pytest.main([*QUIET, *given.tests], plugins=[bench]) != pytest.ExitCode.OK:
        print("the tests fail without any change")
        return 2
    missed = bench.missed
    totals, unseen = Counter(one.kind for one in drawn), Counter(one.kind for one in missed)
    for kind, total in sorted(totals.items()):
        print(f"{kind:10} {total - unseen[kind]:4} of {total:4} noticed")
    share = 1 - len(missed) / len(drawn)
    print(f"{len(drawn)} of {len(every)} mutants tried: {share:.0%} noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
