"""An endpoint in the making: where it begins, and the states it was met in."""

from __future__ import annotations

from dataclasses import dataclass, field

from mtlslint.code.between import Way
from mtlslint.code.items import Function
from mtlslint.model import Address, State
from mtlslint.source import Span

Key = tuple[Span, str]
"""Where an endpoint begins, and its side."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where an endpoint begins. `again`: it replaces the configuration of one that runs."""

    side: str
    head: Span
    name: str
    function: Function | None
    address: Address = Address()
    content: frozenset[str] = frozenset()
    again: bool = False
    way: Way = frozenset()


@dataclass(slots=True)
class Found:
    """An endpoint in the making."""

    opening: Opening
    states: list[State]
    addresses: list[Address]
    content: set[str]
    cut: bool = False
    roots: list[object] = field(default_factory=list)
