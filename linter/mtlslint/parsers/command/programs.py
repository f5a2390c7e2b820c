"""The table of programs: which options say where a server listens and what it demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Program(NamedTuple):
    """A program's options, by what they say; see `programs.yaml`."""

    name: str
    default: str
    bind: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    port: tuple[str, ...] = ()
    place: bool = False
    prefix: str = ""
    needs: bool = False
    away: tuple[str, ...] = ()
    socket: tuple[str, ...] = ()
    tls: tuple[str, ...] = ()
    ca: tuple[str, ...] = ()
    clients: str = "none"
    modes: Mapping[str, Mapping[str, str]] = {}
    switches: Mapping[str, str] = {}
    file: tuple[str, ...] = ()

    @property
    def valued(self) -> frozenset[str]:
        """The options that take a value."""
        kinds = (self.bind, self.host, self.port, self.away, self.socket, self.tls, self.ca)
        return frozenset().union(*kinds, self.modes, self.file)


class Table(NamedTuple):
    """All programs by name, and the words that may stand before one."""

    programs: Mapping[str, Program]
    wrappers: frozenset[str]

    def find(self, words: Sequence[str]) -> tuple[Program, list[str]] | None:
        """Return the program that words start, and the words behind its name."""
        for number, word in enumerate(words):
            base, rest = word.rpartition("/")[2], list(words[number + 1 :])
            if base in self.programs:
                return self.programs[base], rest
            for each in rest:
                if f"{base} {each}" in self.programs:
                    rest.remove(each)
                    return self.programs[f"{base} {each}"], rest
            if base not in self.wrappers:
                return None
        return None


@cache
def table() -> Table:
    """Return the table."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files(__package__).joinpath("programs.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, loader)
    programs = {name: _program(name, row) for name, row in data["programs"].items()}
    return Table(programs, frozenset(data["wrappers"]))


def _program(name: str, row: Mapping[str, Any]) -> Program:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    return Program(name, **values)
