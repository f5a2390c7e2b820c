"""For people: the line, what on it is meant, why, what has to do with it, how to put it right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtlslint.engine import Result
from mtlslint.finding import Finding
from mtlslint.reporters import View
from mtlslint.reporters._places import region
from mtlslint.reporters._terminal import clean, columns, expand, styled
from mtlslint.reporters.concise import closing, heading

RELATED_LIMIT = 8
LINE_LIMIT = 160
"""Longer source lines are shown around the span only."""


def render(result: Result, view: View) -> str:
    """Return every finding with its surroundings, then the closing line."""
    blocks = [block(result, finding, view) + "\n" for finding in result.findings]
    return "\n".join([*blocks, closing(result)]) + "\n"


def block(result: Result, finding: Finding, view: View) -> str:
    """Return one finding with its surroundings."""
    return "\n".join(_lines(result, finding, view))


def _lines(result: Result, finding: Finding, view: View) -> Iterator[str]:
    yield heading(result, finding, view)
    yield from _excerpt(result, finding, view)
    rule = result.catalogue.rules[finding.rule]
    for place in finding.related[:RELATED_LIMIT]:
        at = region(result.sources, place.span)
        where = f"{view.prefix}{at.path}:{at.line}:{at.column}"
        yield _remark("see", clean(f"{where}: {place.text}"), view)
    if len(finding.related) > RELATED_LIMIT:
        yield _remark("see", f"{len(finding.related) - RELATED_LIMIT} more places", view)
    yield _remark("why", first_sentence(rule.help.why), view)
    yield _remark("fix", fix_for(rule.help.fix, finding.technology), view)
    if finding.wire:
        yield _remark("wire", clean(finding.wire), view)


def _excerpt(result: Result, finding: Finding, view: View) -> Iterator[str]:
    at = region(result.sources, finding.span)
    line = result.sources.by_path[at.path].line(at.line)
    if len(line) > LINE_LIMIT:
        start = max(at.column - 1 - LINE_LIMIT // 4, 0)
        line, shift = line[start : start + LINE_LIMIT], start
    else:
        shift = 0
    before = expand(line[: at.column - 1 - shift])
    marked = expand(line[at.column - 1 - shift : at.end_column - 1 - shift])
    gutter = len(str(at.line))
    carets = styled("^" * max(columns(marked), 1), finding.level.word, view.color)
    yield f"{'':{gutter}} |"
    yield f"{at.line} | {expand(line)}"
    yield f"{'':{gutter}} | {' ' * columns(before)}{carets}"


def _remark(word: str, text: str, view: View) -> str:
    return f"  {styled(word + ':', 'dim', view.color)} {text}"


def fix_for(markdown: str, technology: str) -> str:
    """Return the list item that speaks of the technology (`* nginx: ...`), else the beginning."""
    items = re.split(r"\n(?=[*-] )", "\n" + markdown.strip())
    for item in items:
        name, colon, text = item.strip().lstrip("*- ").partition(":")
        if colon and technology and name.lower().startswith(technology):
            return " ".join(text.split("\n\n")[0].split())
    return first_sentence(items[0] if items[0].strip() else items[-1].lstrip("*- "))


def first_sentence(markdown: str) -> str:
    """Return the first sentence of a text, on one line."""
    paragraph = " ".join(markdown.strip().split("\n\n")[0].split())
    sentence, stop, _ = paragraph.partition(". ")
    return sentence + "." if stop else paragraph
