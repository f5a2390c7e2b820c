"""Reading: which files are whose, and their facts.

A file is read by a technology that claims it and of which a token occurs in it, or because a file
that was read refers to it. What is embedded in a file is read as if it were one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mtlslint.facts import Claim, Comment, Facts, Parser, Paths
from mtlslint.files import Files
from mtlslint.model import Problem
from mtlslint.source import Source

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

HEAD_BYTES = 4096

POOL_BYTES = 1_000_000
"""Fewer bytes than this are read faster in this process than by starting others."""

NEVER = frozenset(
    (  # noqa: SIM905 - sixty lines of one ending each help nobody
        "png jpg jpeg gif ico webp svg pdf zip gz tgz xz bz2 zst 7z tar jar war class whl so a o "
        "dll exe dylib wasm woff woff2 ttf eot otf mp3 mp4 webm ogg mov avi css scss less html htm "
        "js mjs jsx ts tsx map vue go java kt c h cc cpp hpp cs rb php pl lua swift md rst lock "
        "sum csv tsv parquet ipynb pem crt key der p12 pfx db sqlite pack idx pyc"
    ).split()
)
"""Endings of files that no technology claims: not even opened."""

FactsCache = MutableMapping[tuple[str, str, bytes], Facts]
"""Facts by technology, path and content."""


class Read(NamedTuple):
    """What was read: facts by technology and path, and the sources they came from."""

    facts: Mapping[tuple[str, str], Facts]
    sources: Mapping[str, Source]
    failures: tuple[Problem, ...]

    def facts_of(self, technology: str) -> dict[str, Facts]:
        """Return a technology's facts by path, sorted."""
        return {path: facts for (name, path), facts in self.facts.items() if name == technology}

    def files(self) -> frozenset[str]:
        """Return the paths of the files on disk that were read."""
        return frozenset(p for p, source in self.sources.items() if not source.embedding)

    def templates(self) -> frozenset[str]:
        """Return the paths of files that can't be read before they are rendered."""
        return frozenset(facts.path for facts in self.facts.values() if facts.template)

    def comments(self) -> Iterator[Comment]:
        """Yield the comments that speak to this program."""
        for facts in self.facts.values():
            yield from facts.comments

    def problems(self) -> Iterator[Problem]:
        """Yield what could not be read."""
        yield from self.failures
        for facts in self.facts.values():
            yield from facts.problems


class _Task(NamedTuple):
    """A source to be read by a technology, and how sure that is its own."""

    technology: str
    source: Source
    claim: Claim


class _Reader:
    """The worklist: sources that are still to be read, and what came of the others."""

    def __init__(self, files: Files, paths: Paths, parsers: Sequence[Parser]) -> None:
        self.files = files
        self.paths = paths
        self.parsers = {parser.NAME: parser for parser in parsers}
        self.facts: dict[tuple[str, str], Facts] = {}
        self.sources: dict[str, Source] = {}
        self.failures: dict[str, Problem] = {}

    def first_tasks(self) -> list[_Task]:
        """Return what is read unasked."""
        tasks: list[_Task] = []
        for path in self.paths.names:
            if path.rpartition(".")[2].lower() not in NEVER:
                source = self._load(path)
                tasks += self._claimed(source) if source else []
        return tasks

    def next_tasks(self, done: Iterable[Facts]) -> list[_Task]:
        """Return what the facts just read ask for."""
        tasks: list[_Task] = []
        wanted: set[tuple[str, str]] = set()
        for facts in done:
            for source in facts.embedded:
                self.sources[source.path] = source
                tasks += self._claimed(source)
            parser = self.parsers[facts.technology]
            for reference in facts.refers:
                for path in parser.locate(reference, facts.path, self.paths):
                    key = (facts.technology, path)
                    if key not in self.facts and key not in wanted:
                        wanted.add(key)
                        tasks += self._referred(*key)
        return tasks

    def keep(self, task: _Task, facts: Facts) -> Facts:
        """Store facts; somebody else's file that doesn't parse is a note, and not ours."""
        if task.claim is not Claim.YES and facts.problems:
            notes = tuple(problem._replace(fatal=False) for problem in facts.problems)
            facts = Facts(facts.path, facts.technology, problems=notes)
        self.facts[task.technology, task.source.path] = facts
        self.sources[task.source.path] = task.source
        return facts

    def _claimed(self, source: Source) -> list[_Task]:
        head = source.data[:HEAD_BYTES]
        if b"\0" in head:
            return []
        found = []
        for name, parser in self.parsers.items():
            claim = parser.claims(source.name or source.path, head)
            if claim is not Claim.NO and any(token in source.data for token in parser.TOKENS):
                found.append(_Task(name, source, claim))
        return found

    def _referred(self, technology: str, path: str) -> list[_Task]:
        source = self.sources.get(path) or self._load(path)
        if not source:
            return []
        claim = self.parsers[technology].claims(path, source.data[:HEAD_BYTES])
        return [_Task(technology, source, claim)]

    def _load(self, path: str) -> Source | None:
        try:
            return Source(path, self.files.read(path))
        except OSError as error:
            sure = any(p.claims(path, b"") is Claim.YES for p in self.parsers.values())
            reason = error.strerror or str(error)
            self.failures[path] = Problem(path, f"cannot be read: {reason}", fatal=sure)
            return None


def read_all(
    files: Files,
    paths: Paths,
    parsers: Sequence[Parser],
    workers: int,
    cache: FactsCache,
) -> Read:
    """Read everything that matters, in as many processes as allowed and worthwhile."""
    reader = _Reader(files, paths, parsers)
    tasks = reader.first_tasks()
    pool: ProcessPoolExecutor | None = None
    try:
        while tasks:
            if pool is None and workers > 1 and _bytes(tasks) >= POOL_BYTES:
                pool = _new_pool(workers)
            done = _read_tasks(tasks, pool, cache)
            kept = [reader.keep(task, facts) for task, facts in zip(tasks, done, strict=True)]
            tasks = reader.next_tasks(kept)
    finally:
        if pool:
            pool.shutdown()
    ordered = dict(sorted(reader.facts.items()))
    return Read(ordered, reader.sources, tuple(reader.failures.values()))


def _new_pool(workers: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor  # 20 ms that small runs don't pay

    return ProcessPoolExecutor(workers)


def _bytes(tasks: Iterable[_Task]) -> int:
    return sum(len(task.source.data) for task in tasks)


def _read_tasks(
    tasks: Sequence[_Task], pool: ProcessPoolExecutor | None, cache: FactsCache
) -> list[Facts]:
    keys = [_key(task) for task in tasks]
    missing = [task for task, key in zip(tasks, keys, strict=True) if key not in cache]
    chunk = max(1, len(missing) // 64)
    fresh = pool.map(_read_one, missing, chunksize=chunk) if pool else map(_read_one, missing)
    for task, facts in zip(missing, fresh, strict=True):
        cache[_key(task)] = facts
    return [cache[key] for key in keys]


def _key(task: _Task) -> tuple[str, str, bytes]:
    return task.technology, task.source.path, task.source.data


def _read_one(task: _Task) -> Facts:
    from mtlslint.parsers import all_parsers

    parser = next(parser for parser in all_parsers() if task.technology == parser.NAME)
    try:
        return parser.read(task.source)
    except Exception as error:  # noqa: BLE001 - one file's parse must never lose the others
        message = (
            f"internal error while reading ({type(error).__name__}: {error}); please report it"
        )
        problem = Problem(task.source.path, message)
        return Facts(task.source.path, task.technology, problems=(problem,))
