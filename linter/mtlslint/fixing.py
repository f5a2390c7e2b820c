"""Repairs findings: rules say what must hold, technologies spell it, a second check proves it.

Pure: files in, contents out. What can't be proven is refused with the reason. Writing to disk is
somebody else's business.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mtlslint.edit import Edit, Fix, apply, by_path, merged, moved, outward
from mtlslint.engine import Result
from mtlslint.facts import Change
from mtlslint.files import Files, OverlayFiles
from mtlslint.finding import Finding
from mtlslint.judge import endpoint_subject, first_hit
from mtlslint.model import Endpoint, State, Value
from mtlslint.parsers import all_parsers
from mtlslint.recheck import Mended, objection
from mtlslint.rule import Repair
from mtlslint.settle import within
from mtlslint.source import Span

ROUNDS = 8
"""Fixes that overlap wait for the next round; after this many they are refused."""

Check = Callable[[Files], Result]
"""`engine.check` with everything but the files given; no path may be left out of its report."""


class Proposal(NamedTuple):
    """How a finding would be mended: not proven yet.

    The edits of `fix` are those of files on disk, `spelled` those of the sources that were read.
    """

    finding: Finding
    fix: Fix
    spelled: tuple[Edit, ...]
    changes: Mapping[str, Value]
    safety: str


class Refusal(NamedTuple):
    """A finding that is left as it is, and why."""

    finding: Finding
    reason: str


class Fixed(NamedTuple):
    """New contents of the files that changed; `result` is the check of them."""

    contents: Mapping[str, bytes]
    done: tuple[Proposal, ...]
    refused: tuple[Refusal, ...]
    result: Result


def propose(result: Result, finding: Finding) -> Proposal | Refusal:
    """Ask the technologies of all endpoints that a finding is about how to mend it."""
    found: list[tuple[Repair, Fix]] = []
    for endpoint in _meant(result, finding):
        narrowed = _narrowed(result, finding, endpoint)
        if narrowed is None:
            return Refusal(finding, "its rule has no fix")
        repair, states = narrowed
        change = Change(endpoint, states, repair.set)
        fix = _spell(result, change) if states else None
        if fix is None:
            return Refusal(finding, f"no safe way to write it for {endpoint.name}")
        found.append((repair, fix))
    if not found:
        return Refusal(finding, "its rule has no fix")
    return _joined(result, finding, found)


def _meant(result: Result, finding: Finding) -> Iterator[Endpoint]:
    ids = frozenset(finding.subjects)
    return (endpoint for endpoint in result.document.endpoints if endpoint.id in ids)


def _narrowed(
    result: Result, finding: Finding, endpoint: Endpoint
) -> tuple[Repair, tuple[State, ...]] | None:
    """Return what is to be changed, and in which states."""
    rule = result.catalogue.rules[finding.rule]
    hit = first_hit(rule, endpoint_subject(endpoint))
    if hit is None or hit.case.fix is None:
        return None
    here = []
    for world in hit.worlds:
        span = hit.place(world) or endpoint.head
        if result.sources.outward(span) == finding.span:
            here.append(world[""])
    return hit.case.fix, tuple(here)


def _spell(result: Result, change: Change) -> Fix | None:
    technology = change.endpoint.technology
    parser = next(one for one in all_parsers() if technology == one.NAME)
    return (
        parser.spell(change, result.projects[technology], result.sources) if change.states else None
    )


def _joined(
    result: Result, finding: Finding, found: Sequence[tuple[Repair, Fix]]
) -> Proposal | Refusal:
    """Make one fix of those for several endpoints, and place it in the files on disk."""
    spelled = merged(edit for _, fix in found for edit in fix.edits)
    if not spelled:
        return Refusal(finding, "its endpoints want different things at one place")
    placed = [outward(edit, result.sources) for edit in spelled]
    whole = merged(edit for edit in placed if edit is not None)
    if None in placed or whole is None:
        return Refusal(finding, "the text lies inside another file that writes it otherwise")
    title = "; ".join(dict.fromkeys(fix.title for _, fix in found))
    safe = all(repair.safety == "safe" for repair, _ in found)
    changes = {name: value for repair, _ in found for name, value in repair.set.items()}
    return Proposal(finding, Fix(title, whole), spelled, changes, "safe" if safe else "unsafe")


def fix(
    files: Files,
    findings: Collection[Finding],
    check: Check,
    *,
    unsafe: bool = False,
    writable: Collection[str] | None = None,
) -> Fixed:
    """Mend as many of the findings as can be, each proven by a check of the files so changed.

    `findings` are of a check of the same files. Unsafe fixes (they may lock out clients or break
    a connection) are made if `unsafe`. `writable` are the paths (files or folders) that may be
    changed, by default all.
    """
    return _Repairs(files, check, unsafe, writable).run(findings)


class _Wanted(NamedTuple):
    """A finding to be mended, by rule and where it is now; `first` is how it was reported."""

    rule: str
    place: Span
    first: Finding


class _Repairs:
    """The state of a repair: what has been changed so far, and the check of that."""

    def __init__(
        self, files: Files, check: Check, unsafe: bool, writable: Collection[str] | None
    ) -> None:
        self.files = files
        self.check = check
        self.unsafe = unsafe
        self.writable = writable
        self.contents: dict[str, bytes] = {}
        self.result = check(files)
        self.done: list[Proposal] = []
        self.refused: list[Refusal] = []

    def run(self, findings: Iterable[Finding]) -> Fixed:
        """Go through the findings: all at once, and where that can't be proven, in halves."""
        wanted = [_Wanted(one.rule, _start(one.span), one) for one in findings]
        groups = [(ROUNDS, wanted)]
        while groups:
            rounds, group = groups.pop()
            batch, waiting = self._apart(self._proposals(group))
            if waiting and rounds:
                groups.append((rounds - 1, waiting))
            else:
                self._refuse(waiting, "it overlaps with other fixes")
            if not batch:
                continue
            made = [proposal for _, proposal in batch]
            reason = self._prove(made)
            if not reason:
                edits = [edit for proposal in made for edit in proposal.fix.edits]
                groups = [(left, _moved(waits, edits)) for left, waits in groups]
                groups += [(rounds - 1, heirs)] if rounds and (heirs := self._heirs(made)) else []
            elif len(batch) == 1:
                self._refuse([batch[0][0]], reason)
            else:
                half = len(batch) // 2
                groups += [
                    (rounds, [one for one, _ in part]) for part in (batch[half:], batch[:half])
                ]
        return Fixed(self.contents, tuple(self.done), tuple(self.refused), self.result)

    def _proposals(self, group: Iterable[_Wanted]) -> Iterator[tuple[_Wanted, Proposal]]:
        """Yield how each finding would be mended as things are now."""
        here = {(one.rule, _start(one.span)): one for one in self.result.findings}
        for one in group:
            finding = here.get((one.rule, one.place))
            if finding is None:
                continue  # another fix has mended it along with its own
            proposal = propose(self.result, finding)
            reason = proposal.reason if isinstance(proposal, Refusal) else self._forbidden(proposal)
            if isinstance(proposal, Refusal) or reason:
                self.refused.append(Refusal(one.first, reason))
            else:
                yield one, proposal

    def _forbidden(self, proposal: Proposal) -> str:
        if proposal.safety == "unsafe" and not self.unsafe:
            return "the fix is unsafe: it may lock out clients or break a connection"
        for edit in proposal.fix.edits:
            if not within(edit.span.path, self.writable):
                return f"it would change {edit.span.path}, which isn't among the paths given"
        return ""

    def _apart(
        self, proposals: Iterable[tuple[_Wanted, Proposal]]
    ) -> tuple[list[tuple[_Wanted, Proposal]], list[_Wanted]]:
        """Part the fixes that can be made together from those that must wait."""
        batch: list[tuple[_Wanted, Proposal]] = []
        waiting: list[_Wanted] = []
        taken: dict[str, tuple[Edit, ...]] = {}
        for one, proposal in proposals:
            own = by_path(proposal.fix.edits)
            both = {path: merged((*taken.get(path, ()), *edits)) for path, edits in own.items()}
            fitting = {path: edits for path, edits in both.items() if edits is not None}
            if len(fitting) < len(both):
                waiting.append(one)
            else:
                taken |= fitting
                batch.append((one, proposal))
        return batch, waiting

    def _prove(self, batch: Sequence[Proposal]) -> str:
        """Check the files with the fixes made; keep them, or return what speaks against it."""
        edits = merged(edit for proposal in batch for edit in proposal.fix.edits) or ()
        contents = dict(self.contents)
        for path, own in by_path(edits).items():
            contents[path] = apply(self.result.sources.by_path[path].data, own)
        after = self.check(OverlayFiles(self.files, contents))
        mended = [Mended(one.finding, one.changes) for one in batch]
        spelled = merged(edit for proposal in batch for edit in proposal.spelled) or ()
        reason = objection(self.result, after, mended, edits, spelled)
        if not reason:
            self.contents, self.result = contents, after
            self.done += batch
        return reason

    def _heirs(self, made: Iterable[Proposal]) -> list[_Wanted]:
        """Return the findings that those now mended stood for: they are wanted gone as well."""
        freed = {
            (subject, rule)
            for one in made
            for rule in self.result.catalogue.rules[one.finding.rule].supersedes
            for subject in one.finding.subjects
        }
        return [
            _Wanted(one.rule, _start(one.span), one)
            for one in self.result.findings
            if any((subject, one.rule) in freed for subject in one.subjects)
        ]

    def _refuse(self, group: Iterable[_Wanted], reason: str) -> None:
        self.refused += [Refusal(one.first, reason) for one in group]


def _start(span: Span) -> Span:
    return span._replace(end=span.start)


def _moved(group: Iterable[_Wanted], edits: Iterable[Edit]) -> list[_Wanted]:
    ordered = by_path(edits)
    return [one._replace(place=moved(one.place, ordered)) for one in group]
