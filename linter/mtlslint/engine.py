"""The phases of a check, pure: files in, findings out.

collect -> read -> targets -> resolve -> trust -> links -> twins -> judge -> settle
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from mtlslint.catalogue import Catalogue
from mtlslint.config import AUTO, Config
from mtlslint.facts import Parser, Paths, Project
from mtlslint.files import Files
from mtlslint.finding import Finding, Level
from mtlslint.judge import judge, subjects
from mtlslint.model import Document, Problem
from mtlslint.parsers import all_parsers
from mtlslint.reading import FactsCache, Read, read_all
from mtlslint.services import services
from mtlslint.settle import reported, reported_problems, settle, within
from mtlslint.source import Sources
from mtlslint.summary import Summary, speaks_mutual_tls, summarize
from mtlslint.suppress import read_ignores, unused_suppressions
from mtlslint.targets import Targets, declared_targets, declares
from mtlslint.topology import linked


class Result(NamedTuple):
    """What a check found, and everything that output needs to tell it.

    `problems` are fatal (the job could not be done whole); `notes` are worth a word on request.
    `projects` are what each technology's part of the document was made of.
    """

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    document: Document
    sources: Sources
    catalogue: Catalogue
    levels: Mapping[str, Level]
    profile: str
    auto: bool
    summary: Summary
    projects: Mapping[str, Project] = MappingProxyType({})


def check(
    files: Files,
    config: Config,
    catalogue: Catalogue,
    today: date,
    report: Collection[str] | None = None,
    *,
    workers: int = 1,
    cache: FactsCache | None = None,
) -> Result:
    """Check a project.

    `report` are the paths (files or folders, relative to the root) whose findings are wanted; all
    of `files` is known all the same. `workers` are processes that read; the result doesn't depend
    on them. `cache` holds facts between checks, by content.
    """
    read, projects, document = _known(files, config, today, workers, {} if cache is None else cache)
    profile = config.profile
    if profile == AUTO:
        profile = "mtls" if speaks_mutual_tls(document) else "tls"
    catalogue = catalogue.under(profile)
    levels = active_levels(catalogue, config, profile)
    sources = Sources(read.sources)
    ignores = read_ignores(read.comments(), catalogue, sources) if config.inline_ignores else ()
    raw = judge(subjects(document), catalogue, levels, sources.text)
    settled = settle(raw, catalogue, config, sources, ignores)
    problems = tuple(_outward((*read.problems(), *document.problems), sources))
    unused = unused_suppressions(
        ignores, settled.used, catalogue, levels, {problem.path for problem in problems}
    )
    late = judge(unused, catalogue, levels, sources.text)
    findings = reported((*settled.findings, *late), report)
    problems = reported_problems(problems, report)
    return Result(
        findings=findings,
        problems=tuple(problem for problem in problems if problem.fatal),
        notes=tuple(problem for problem in problems if not problem.fatal),
        document=document,
        sources=sources,
        catalogue=catalogue,
        levels=levels,
        profile=profile,
        auto=config.profile == AUTO,
        summary=summarize(
            document,
            findings,
            files=sum(1 for path in read.files() if within(path, report)),
            templates=sum(1 for path in read.templates() if within(path, report)),
            ignored=len(reported(settled.ignored, report)),
            reported=lambda span: within(sources.outward(span).path, report),
        ),
        projects=projects,
    )


def _known(
    files: Files, config: Config, today: date, workers: int, cache: FactsCache
) -> tuple[Read, Mapping[str, Project], Document]:
    """Return what was read, each technology's part of it, and what they make of it together."""
    parsers = all_parsers()
    paths = Paths(tuple(files.names()))
    read = read_all(files, paths, parsers, workers, cache)
    declarations = tuple(_declarations(files, paths))
    targets = Targets(config.targets, declared_targets(declarations))
    hosts = frozenset(
        (path.rpartition("/")[0], name)
        for path, data in declarations
        for name in services(path, data)
    )
    projects = _projects(parsers, read, paths, targets, today, hosts)
    document = _resolve(parsers, projects)
    if document.named:
        from mtlslint.trust import examined

        document = examined(document, files, paths, today)
    found = linked(document, files, paths, Sources(read.sources))
    read = read._replace(sources={**found.sources, **read.sources})
    return read, projects, found.document


def active_levels(catalogue: Catalogue, config: Config, profile: str) -> dict[str, Level]:
    """Return each rule's level in effect: by profile, `off` where select or ignore say so.

    A rule that is selected by its own id or name, and off in the profile, is a warning.
    """
    selected = _selection(config.select, catalogue)
    ignored = _selection(config.ignore, catalogue)
    levels = {}
    for id_, rule in catalogue.rules.items():
        level = rule.levels[profile]
        if selected and id_ not in selected:
            level = Level.OFF
        elif level is Level.OFF and any(catalogue.find(word) is rule for word in config.select):
            level = Level.WARNING
        levels[id_] = Level.OFF if id_ in ignored else level
    return levels


def _selection(words: Iterable[str], catalogue: Catalogue) -> frozenset[str]:
    return frozenset(id_ for word in words for id_ in catalogue.select(word))


def _declarations(files: Files, paths: Paths) -> Iterable[tuple[str, bytes]]:
    for base in filter(declares, sorted(paths.by_base)):
        for path in paths.by_base[base]:
            try:
                yield path, files.read(path)
            except OSError:
                continue  # a file that can't be read declares nothing


def _projects(
    parsers: Sequence[Parser],
    read: Read,
    paths: Paths,
    targets: Targets,
    today: date,
    hosts: frozenset[tuple[str, str]],
) -> dict[str, Project]:
    """Return what each technology has to make sense of; none where nothing is its own."""
    facts = {parser.NAME: read.facts_of(parser.NAME) for parser in parsers}
    return {name: Project(own, paths, targets, today, hosts) for name, own in facts.items() if own}


def _resolve(parsers: Sequence[Parser], projects: Mapping[str, Project]) -> Document:
    """Let each technology make endpoints of its facts, and put them together."""
    whole = Document()
    for parser in parsers:
        if parser.NAME in projects:
            whole = _joined(whole, _guarded(parser, projects[parser.NAME]))
    return whole


def _guarded(parser: Parser, project: Project) -> Document:
    """Resolve one technology; a defect of ours there must not lose the others' findings."""
    try:
        return parser.resolve(project)
    except Exception as error:  # noqa: BLE001 - the other technologies' findings still count
        first = min(project.facts)
        message = (
            f"internal error while judging {parser.NAME} ({type(error).__name__}: {error}); "
            "please report it"
        )
        return Document(problems=(Problem(first, message),))


def _joined(one: Document, other: Document) -> Document:
    return Document(
        endpoints=(*one.endpoints, *other.endpoints),
        routes=(*one.routes, *other.routes),
        materials=(*one.materials, *other.materials),
        misuses=(*one.misuses, *other.misuses),
        problems=(*one.problems, *other.problems),
        twins=(*one.twins, *other.twins),
        links=(*one.links, *other.links),
        named=(*one.named, *other.named),
    )


def _outward(problems: Iterable[Problem], sources: Sources) -> Iterable[Problem]:
    for problem in problems:
        if problem.span:
            span = sources.outward(problem.span)
            yield problem._replace(path=span.path, span=span)
        else:
            yield problem
