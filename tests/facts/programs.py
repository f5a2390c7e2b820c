"""Programs that use what the rows of Python's table describe, in every way the rows tell apart."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import NamedTuple

import yaml
from authority import Files
from installed import checked, label, table
from mtlslint.code.api import Row

HERE = Path(__file__).parent


class Spec(NamedTuple):
    """How a row is tried: an entry of clients.yaml or servers.yaml, which explain the keys."""

    text: str
    library: str = ""
    given: Mapping[int | str, list[str]] = {}
    also: tuple[str, ...] = ()
    needs: bool = False
    contexts: bool = True
    keys: bool = False
    lines: bool = False
    strings: bool = False
    alone: bool = False
    alone_idle: tuple[str, ...] = ()
    joint: str = ""
    beside: str = ""
    protocol: str = "tls"
    speaks: str = "http/1.1"
    file: str = "program.py"
    command: tuple[str, ...] = ()
    endpoint: str | None = None


class Program(NamedTuple):
    """A program that a row is tried with; `sure`: its arguments are ones the library takes."""

    path: str
    arguments: str
    text: str
    sure: bool
    spec: Spec

    @property
    def library(self) -> str:
        """Return whose row it is."""
        return self.spec.library or self.path.partition("::")[0]

    @property
    def endpoint(self) -> str:
        """Return what the name of the endpoint that the row makes ends in."""
        own = self.path.replace("::", ".").rpartition(".")[2]
        return own if self.spec.endpoint is None else self.spec.endpoint

    def __str__(self) -> str:
        """Return the library with its version, the call, and its arguments."""
        name = self.path.rpartition("::")[2]
        return f"{label(self.library)}: {name}({self.arguments.strip()})"

    def written(self, files: Files, port: int) -> str:
        """Return the text with names of files and a port."""
        named = {**files._asdict(), "port": port, "fingerprint": fingerprint(files.server)}
        return Template(self.text).substitute(named)

    def needs_more(self) -> bool:
        """Say whether the row holds only with arguments that the program doesn't give."""
        when = row_of(self.path).when.split()
        return bool(when) and not any(f"{name}=" in self.arguments for name in when)


def row_of(path: str) -> Row:
    """Return a row: of a name (`ssl::wrap_socket`), or a kind's method or field (`kind.name`)."""
    if "::" in path:
        return table().rows[path]
    kind, _, name = path.rpartition(".")
    members = table().kinds[kind]
    return {**members.fields, **members.methods}[name]


@cache
def programs(side: str) -> list[Program]:
    """Return all programs of a side, `client` or `server`."""
    listed = yaml.safe_load((HERE / f"{side}s.yaml").read_text(encoding="utf-8"))
    return [
        program
        for paths, specs in listed.items()
        for path in paths.split()
        for spec in (specs if isinstance(specs, list) else [specs])
        for program in _programs(path, Spec(**spec), side)
        if checked(f"{program.library}::")
    ]


@cache
def contexts(side: str) -> Mapping[str, str]:
    """Return how contexts of a side are made, by the names that programs mention."""
    return yaml.safe_load((HERE / "contexts.yaml").read_text(encoding="utf-8"))[side]


@cache
def fingerprint(path: str) -> str:
    """Return the SHA-256 of a certificate in a file."""
    pem = Path(path).read_text(encoding="ascii").partition("-----BEGIN EC")[0]
    return sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()


def _programs(path: str, spec: Spec, side: str) -> Iterator[Program]:
    row = row_of(path)
    text = spec.text.replace("$name", path.replace("::", ".").rpartition(".")[2])
    variants = [] if spec.needs else [("", "", True)]
    if "$given" in text:
        variants += [(one, "", sure) for one, sure in _arguments(row, spec, side)]
    if "$pair" in text:
        variants += [("", spec.joint + pair, False) for pair in sorted(pairs(row))]
    for arguments, pair, sure in variants:
        whole = text.replace("$given", arguments).replace("$pair", pair)
        made = "".join(made for name, made in contexts(side).items() if name in whole)
        yield Program(path, arguments or pair, f"import ssl\n{made}{whole}", sure, spec)


def _arguments(row: Row, spec: Spec, side: str) -> Iterator[tuple[str, bool]]:
    """Yield arguments as they are written, and whether the library surely takes them."""
    asked = options(row, spec.strings)
    for take in row.takes if spec.contexts else ():
        asked.setdefault(take.arg, {}).update(dict.fromkeys(contexts(side), True))
    for argument, ways in spec.given.items():
        asked.setdefault(argument, {}).update(dict.fromkeys(ways, True))
    between = "\n" if spec.lines else ", "
    for argument, ways in asked.items():
        if argument in spec.alone_idle:
            continue
        for way, sure in ways.items():
            key = (
                f"'{argument}': "
                if spec.keys
                else f"{argument} = "
                if spec.lines
                else f"{argument}="
            )
            written = f"{key}{way}" if isinstance(argument, str) else way
            yield written, sure
            if spec.beside and str(argument) not in spec.beside:
                yield f"{spec.beside}{between}{written}", sure
    yield from ((one, True) for one in spec.also)


def pairs(row: Row) -> set[str]:
    """Return what the row reads in a connection string: each key with each word."""
    specs = [spec for table in (row.set, row.default) for spec in table.values()]
    return {
        f"{key}={word}"
        for spec in specs
        if isinstance(spec, Mapping) and spec.get("as") == "query"
        for key in spec["key"].split()
        for word in spec["words"]
    }


def options(row: Row, strings: bool) -> dict[int | str, dict[str, bool]]:
    """Return what each argument may say by the row; no library takes all of it."""
    found: dict[int | str, dict[str, bool]] = {}
    chosen = [(choose.arg, choose.words) for choose in row.chooses]
    if row.either is not None:
        chosen.append((row.either.arg, row.either.words))
        for inner in row.either.rows.values():
            found |= options(inner, strings)
    for argument, words in chosen:
        if not str(argument).startswith(("self", "*")):
            ways = (way for word in table().words[words] for way in _ways(word, strings))
            found.setdefault(argument, {}).update(dict.fromkeys(ways, False))
    return found


def _ways(word: str, strings: bool) -> Iterable[str]:
    """Return how a word of a table is written in a program; what is given is the program's."""
    if word == "<empty>":
        yield "''"
    elif word in ("None", "True", "False") or word.isdigit():
        yield word
    elif not word.startswith("<"):
        if hasattr(ssl, word):
            yield f"ssl.{word}"
        if strings or not hasattr(ssl, word):
            yield f"'{word}'"
