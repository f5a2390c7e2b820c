"""A technology for tests of the engine: one endpoint per line.

server NAME setting=value[|value...] ...   values after | are further states, in step
client NAME setting=value ...
route SERVER CLIENT
serves NAME CONTENT
include FILE
boom | crash                               a defect while reading | while resolving
bad                                        a syntax error
A fix replaces a value; on a line that ends in `~` the whole line, on one that ends in `!` nothing.
"""

from __future__ import annotations

from mtlslint.edit import Edit, Fix
from mtlslint.facts import Change, Claim, Comment, Facts, Paths, Project
from mtlslint.model import Document, Endpoint, Problem, Route, Setting
from mtlslint.source import Source, Sources, Span

NAME = "toy"
TOKENS = (b"server", b"mtlslint:")


def claims(path: str, head: bytes) -> Claim:
    if path.endswith(".toy"):
        return Claim.YES
    return Claim.MAYBE if path.endswith(".maybe") else Claim.NO


def read(source: Source) -> Facts:
    lines, refers, comments, problems = [], [], [], []
    at = 0
    for raw in source.data.split(b"\n"):
        span = Span(source.path, at, at + len(raw))
        at += len(raw) + 1
        text, _, comment = raw.decode().partition("#")
        if "mtlslint:" in comment:
            said = comment.partition("mtlslint:")[2]
            comments.append(Comment(span, said, alone=not text.strip()))
        words = text.rstrip("~! ").split()
        if words[:1] == ["boom"]:
            raise ZeroDivisionError("boom")
        if words[:1] == ["bad"]:
            problems.append(Problem(source.path, "expected a word", span))
        elif words[:1] == ["include"]:
            refers.append(words[1])
        if words:
            lines.append((tuple(words), span))
    return Facts(
        source.path,
        NAME,
        tuple(lines),
        tuple(refers),
        comments=tuple(comments),
        problems=tuple(problems),
    )


def locate(reference: str, path: str, paths: Paths) -> tuple[str, ...]:
    return (reference,) if reference in paths.known else ()


def resolve(project: Project) -> Document:
    everything: list[Endpoint] = []
    routes = []
    for path, facts in project.facts.items():
        if path.endswith(".part"):
            continue
        endpoints: dict[str, Endpoint] = {}
        for words, span, via in _lines(project, facts, ()):
            if words[0] == "crash":
                raise ZeroDivisionError("crash")
            if words[0] in ("server", "client"):
                id_ = f"{path}:{words[1]}"
                endpoints[words[1]] = _endpoint(id_, words, span, via)
            elif words[0] == "route":
                server, client = endpoints[words[1]], endpoints[words[2]]
                routes.append(Route(f"{path}:{span.start}", "hop", span, server.id, client.id))
            elif words[0] == "serves":
                old = endpoints[words[1]]
                endpoints[words[1]] = _serving(old, words[2])
        everything += endpoints.values()
    return Document(tuple(everything), tuple(routes))


def _lines(project: Project, facts: Facts, via: tuple[Span, ...]):
    for words, span in facts.tree or ():
        if words[0] == "include":
            for path in locate(words[1], facts.path, project.paths):
                yield from _lines(project, project.facts[path], (*via, span))
        else:
            yield words, span, via


def _endpoint(id_: str, words: tuple[str, ...], span: Span, via: tuple[Span, ...]) -> Endpoint:
    pairs = [word.split("=") for word in words[2:]]
    count = max((value.count("|") + 1 for _, value in pairs), default=1)
    states = []
    for index in range(count):
        state = {}
        for name, value in pairs:
            values = value.split("|")
            word = values[min(index, len(values) - 1)]
            state[name] = Setting(None if word == "?" else word, span, via=via)
        states.append(state)
    return Endpoint(id_, words[1], NAME, words[0], span, tuple(states))


def _serving(endpoint: Endpoint, content: str) -> Endpoint:
    return endpoint._replace(content=endpoint.content | {content})


def spell(change: Change, project: Project, sources: Sources) -> Fix | None:
    edits = []
    for state in change.states:
        for name, value in change.values.items():
            span = state[name].span
            line = sources.by_path[span.path].data[span.start : span.end]
            if line.rstrip().endswith(b"!"):
                return None
            start = line.index(name.encode() + b"=") + len(name) + 1
            end = start + len(line[start:].split()[0])
            if line.endswith(b"~"):
                edits.append(Edit(span, line[:start] + value.encode() + line[end:]))
            else:
                place = Span(span.path, span.start + start, span.start + end)
                edits.append(Edit(place, value.encode()))
    return Fix(f"set {', '.join(change.values)}", tuple(edits))
