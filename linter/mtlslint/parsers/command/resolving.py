"""Servers of command lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join

from mtlslint.facts import Project
from mtlslint.model import SERVER, Address, Document, Endpoint, Origin, Setting, State
from mtlslint.parsers.command.lines import filled
from mtlslint.parsers.command.programs import Program, table
from mtlslint.parsers.command.reader import Line

_ADDRESS = re.compile(r"(?:[\w.\[\]:-]*:)?(?:\d+|\$\S+)")
_LOOPBACK = ("127.", "localhost", "::1", "[::1]", "unix")


class Given:
    """What is said behind a program's name: options with their values, and other words."""

    def __init__(self, words: list[str], valued: frozenset[str]) -> None:
        self._options: dict[str, list[str]] = {}
        self.places: list[str] = []
        pending = ""
        for word in words:
            if word.startswith("-") and len(word) > 1 and not word[1].isdigit():
                name, equals, value = word.partition("=")
                if not name.startswith("--") and len(name) > 2 and not equals:
                    name, value, equals = name[:2], name[2:], "="
                self._options.setdefault(name, [])
                pending = "" if equals or name not in valued else name
                if equals:
                    self._options[name].append(value)
            elif pending:
                self._options[pending].append(word)
                pending = ""
            else:
                self.places.append(word)

    def has(self, options: tuple[str, ...]) -> bool:
        """Whether one of the options is given."""
        return any(option in self._options for option in options)

    def values(self, options: tuple[str, ...]) -> list[str]:
        """Return what is given to options."""
        return [value for option in options for value in self._options.get(option, ())]


def resolve_project(project: Project) -> Document:
    """Return a server for each command that starts one. Pure; reads no bytes."""
    found: dict[str, Endpoint] = {}
    for facts in project.facts.values():
        for line in facts.tree or ():
            for endpoint in _servers(line, project):
                found.setdefault(endpoint.id, endpoint)
    return Document(tuple(found.values()))


def _servers(line: Line, project: Project) -> Iterator[Endpoint]:
    started = table().find(line.words)
    if started is None:
        return
    program, words = started
    given = Given([*words, *_from_environment(program, line)], program.valued)
    if program.needs and not given.places:
        return
    addresses = _addresses(program, given)
    unseen = _file(program, given, line.span.path, project)
    if unseen and not given.has((*program.bind, *program.host, *program.port)):
        addresses = [Address()]
    state = _state(program, given, line, addresses, unseen)
    name = f"{line.span.path}: {program.name} in {line.label}"
    yield Endpoint(
        f"command:{line.span.path}:{line.label}:{program.name}:{line.span.start}",
        name,
        "command",
        SERVER,
        line.span,
        (state,),
        addresses[0] if len(addresses) == 1 else Address(),
        places=tuple(addresses) if len(addresses) > 1 else (),
    )


def _from_environment(program: Program, line: Line) -> Iterator[str]:
    """Yield the options that variables stand for, where the line doesn't give them itself."""
    for name, value in line.environment if program.prefix else ():
        option = f"--{name.removeprefix(program.prefix).lower().replace('_', '-')}"
        if name.startswith(program.prefix) and not any(
            word.startswith(option) for word in line.words
        ):
            yield f"{option}={value}"


def _file(program: Program, given: Given, path: str, project: Project) -> str:
    """Return the file whose settings count where the command line says nothing."""
    options = tuple(each for each in program.file if each.startswith("-"))
    if given.has(options):
        return (given.values(options) or ["a file"])[0]
    names = (each for each in program.file if not each.startswith("-"))
    return next((each for each in names if join(dirname(path), each) in project.paths.known), "")


def _state(
    program: Program, given: Given, line: Line, addresses: list[Address], unseen: str
) -> State:
    span = line.span
    state = {"reach": _reach(addresses, line), "tier": Setting("app", span)}
    note = f"{unseen} may say it" if unseen else ""
    if not given.has(program.tls):
        value = None if unseen and program.tls else "plaintext"
        return {**state, "transport": Setting(value, span, note=note if value is None else "")}
    state["transport"] = Setting("tls", span)
    asked = given.has(program.ca)
    said = given.has((*program.modes, *program.switches))
    doubt = bool(unseen) and not said
    auth = None if doubt else _clients(program, given)
    origin = Origin.EXPLICIT if said else Origin.DEFAULT
    state["client_auth"] = Setting(auth, span, origin, note=note if doubt else "")
    state["client_auth_intent"] = Setting("asked" if asked else "none", span)
    if asked:
        state["client_ca"] = Setting("private", span)
    return state


def _clients(program: Program, given: Given) -> str | None:
    """Return what clients without a certificate meet; None if the option's word isn't known."""
    for option, words in program.modes.items():
        for value in given.values((option,)):
            return words.get(value)
    for option, meaning in program.switches.items():
        if given.has((option,)):
            return meaning
    return program.clients if given.has(program.ca) else "none"


def _reach(addresses: list[Address], line: Line) -> Setting:
    hosts = [each.host for each in addresses]
    known = [host for host in hosts if host is not None]
    if any(not host.startswith(_LOOPBACK) for host in known):
        return Setting("network", line.span)
    if len(known) < len(hosts):
        return Setting(None, line.span, note="where it listens is said elsewhere")
    return Setting("local", line.span)


def _addresses(program: Program, given: Given) -> list[Address]:
    """Return where a server listens; an address whose host is None isn't known."""
    if given.has(program.away):
        return [Address()]
    if given.has(program.socket):
        return [Address("unix")]
    host, _, port = program.default.rpartition(":")
    if program.bind and given.has(program.bind):
        texts = [one for each in given.values(program.bind) for one in each.split(",")]
        return [_address(each, port) for each in texts] or [Address()]
    if program.place:
        place = next((word for word in given.places if _ADDRESS.fullmatch(word)), None)
        if place is not None:
            return [_placed(place, given, program, host)]
    return [
        Address(
            _value(given.values(program.host), host),
            _number(_value(given.values(program.port), port)),
        )
    ]


def _placed(text: str, given: Given, program: Program, default: str) -> Address:
    """Return the address of a word that may be a port, or host and port."""
    found = filled(text)
    if found is None:
        return Address()
    if found.isdigit():
        return Address(_value(given.values(program.host), default), _number(found))
    return _address(found, "")


def _address(text: str, port: str) -> Address:
    found = filled(text)
    if found is None:
        # The host may stand there all the same: `0.0.0.0:$PORT`.
        head = text.rpartition(":")[0]
        return Address(head or None) if head and "$" not in head else Address()
    if found.startswith(("unix:", "/")):
        return Address("unix")
    if found.startswith("fd://"):
        return Address()
    host, colon, number = found.rpartition(":")
    if not colon:
        return Address(found, _number(port))
    return Address(host.strip("[]") or "0.0.0.0", _number(number))


def _value(given: list[str], default: str) -> str | None:
    return filled(given[-1]) if given else default


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 6 else None
