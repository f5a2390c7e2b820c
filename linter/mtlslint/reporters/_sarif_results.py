"""Findings as SARIF results: message, places, the way of the traffic, keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sarif_om import CodeFlow, Message, Result, ThreadFlow, ThreadFlowLocation

from mtlslint.finding import Finding, Place
from mtlslint.reporters._fingerprint import construct_key, line_hashes
from mtlslint.reporters._places import region
from mtlslint.reporters._sarif_flows import Ways
from mtlslint.reporters._sarif_places import Places
from mtlslint.reporters._sarif_text import clean_line, escaped, link, sentence, shortened
from mtlslint.rule import Rule

MESSAGE_LIMIT = 1000
REMARK_LIMIT = 200
RELATED_LIMIT = 100
LINK_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Results:
    """Makes results of findings, one after the other: equal keys are counted.

    `rules` are those that are described, in their order.
    """

    places: Places
    ways: Ways
    rules: Mapping[str, Rule]
    _hashes: dict[str, list[str]] = field(default_factory=dict)
    _keys: Counter[str] = field(default_factory=Counter)

    def of(self, finding: Finding) -> Any:
        """Return one finding's result."""
        return Result(
            rule_id=finding.rule,
            rule_index=list(self.rules).index(finding.rule),
            level=finding.level.word,
            message=Message(text=_message(finding)),
            locations=[self._location(finding)],
            related_locations=self._related(finding) or None,
            code_flows=[self._flow(steps) for steps in self.ways.of(finding)] or None,
            partial_fingerprints=self._fingerprints(finding),
            properties={
                "endpoint": clean_line(finding.endpoint),
                "setting": finding.setting,
                "wire": clean_line(finding.wire),
                "testCode": finding.test_code,
            },
        )

    def _location(self, finding: Finding) -> Any:
        """Return the place, with its text unless that may be key material."""
        cases = self.rules[finding.rule].cases
        if any("material" in case.on for case in cases):
            return self.places.location(finding.span)
        return self.places.with_text(finding.span)

    def _related(self, finding: Finding) -> list[Any]:
        return [
            self.places.location(place.span, shortened(place.text, REMARK_LIMIT), id_)
            for id_, place in enumerate(finding.related[:RELATED_LIMIT], 1)
        ]

    def _flow(self, steps: Sequence[Place]) -> Any:
        locations = [
            ThreadFlowLocation(location=self.places.location(step.span, step.text))
            for step in steps
        ]
        return CodeFlow(thread_flows=[ThreadFlow(locations=locations)])

    def _fingerprints(self, finding: Finding) -> dict[str, str]:
        sources = self.places.sources
        at = region(sources, finding.span)
        if at.path not in self._hashes:
            self._hashes[at.path] = line_hashes(sources.by_path[at.path].data)
        text = sources.text(finding.span)
        key = construct_key(finding.rule, at.path, finding.endpoint, finding.setting, text)
        self._keys[key] += 1
        return {
            "primaryLocationLineHash": self._hashes[at.path][at.line - 1],
            "mtlslint/v1": f"{key}:{self._keys[key]}",
        }


def _message(finding: Finding) -> str:
    """Return the message as sentences, the last of which links to the related places.

    GitHub takes the first sentence as the title, so that one stays free of links.
    """
    text = escaped(shortened(sentence(finding.text), MESSAGE_LIMIT))
    if not finding.related:
        return text
    links = []
    said = set()
    for id_, place in enumerate(finding.related[:LINK_LIMIT], 1):
        remark = shortened(clean_line(place.text), REMARK_LIMIT) or "here"
        links.append(link("and here" if remark in said else remark, id_))
        said.add(remark)
    more = len(finding.related) - len(links)
    rest = f" and {more} more" if more else ""
    return f"{text} See {', '.join(links)}{rest}."
