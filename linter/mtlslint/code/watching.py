"""Servers whose configuration is changed while they listen: what is written last counts.

A listener asks its configuration at each connection, not once. So each path says, where it ends,
what became of the configurations of the servers that it opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mtlslint.code.finish import final
from mtlslint.model import SERVER, Setting, State


@dataclass(slots=True)
class Watched:
    """A state of a server as it was found, and the states that paths end with."""

    states: list[State]
    roots: list[object]
    index: int
    settings: Mapping[str, Setting]
    ends: list[State] = field(default_factory=list)


@dataclass(slots=True)
class Watching:
    """The servers that were opened since all was settled, by numbers that are never used again."""

    count: int = 0
    servers: dict[int, Watched] = field(default_factory=dict)

    def watch(
        self, states: list[State], roots: list[object], settings: Mapping[str, Setting]
    ) -> int:
        """Note that the last of these states may still change; return its number."""
        self.count += 1
        self.servers[self.count] = Watched(states, roots, len(states) - 1, settings)
        return self.count

    def end(self, number: int, changed: Mapping[str, Setting]) -> None:
        """Note with which changes of its configuration a path ends."""
        watched = self.servers.get(number)
        if watched is None:
            return  # It was opened before, and the path only goes on from there.
        state = final({**watched.settings, **changed}, SERVER)
        if state not in watched.ends:
            watched.ends.append(state)

    def settle(self) -> None:
        """Replace states by what they became."""
        for one in self.servers.values():
            if one.ends:
                one.states[one.index] = one.ends[0]
                one.states += one.ends[1:]
                one.roots += [one.roots[one.index]] * (len(one.ends) - 1)
        self.servers.clear()
