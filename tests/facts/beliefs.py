"""What mtlslint reads from a program: the very text that is then run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mtlslint.facts import Paths, Project
from mtlslint.model import Endpoint, Setting
from mtlslint.parsers import python
from mtlslint.source import Source
from mtlslint.targets import Range, Targets, Version

Settings = Mapping[str, Setting]


def endpoints(
    programs: Iterable[str], version: Version = (), name: str = "program.py"
) -> list[list[Endpoint]]:
    """Return what each program opens, each a project of its own for a given Python."""
    targets = Targets({"python": Range(version, version, "")} if version else {})
    found = []
    for text in programs:
        facts = {name: python.read(Source(name, text.encode(), name))}
        found.append([*python.resolve(Project(facts, Paths((name,)), targets)).endpoints])
    return found


def states(found: Iterable[Endpoint], side: str) -> list[Settings]:
    """Return the states of the endpoints of a side."""
    return [state for one in found if one.side == side for state in one.states]


def said(found: Iterable[Endpoint], side: str, name: str) -> dict[str, object]:
    """Return what is known of the endpoint of a side: the last with the name in it, or of all."""
    of_side = sorted((one for one in found if one.side == side), key=lambda one: one.head[1:])
    named = [one for one in of_side if name in one.name] or of_side
    settings = states(named[-1:], side)
    return {key: one.value for state in settings for key, one in state.items() if one.known}
