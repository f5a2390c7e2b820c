"""Whether a cipher list, in OpenSSL's language, admits what is broken once it is expanded.

`ciphers.txt` holds the suites that are broken, with their traits. Suites that OpenSSL 1.1.0 threw
out (EXPORT, DES) count where a list names them: old builds are in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple


class Suite(NamedTuple):
    """A cipher suite that is broken: its name, the bits of its key, its traits."""

    name: str
    bits: int
    traits: frozenset[str]


class _Table(NamedTuple):
    suites: tuple[Suite, ...]
    words: dict[str, tuple[frozenset[str], ...]]
    """What a word asks for: of each group one trait (`-`: that it is missing)."""


@cache
def _table() -> _Table:
    from importlib.resources import files

    suites: list[Suite] = []
    words: dict[str, tuple[frozenset[str], ...]] = {}
    for line in files(__package__).joinpath("ciphers.txt").read_text("utf-8").splitlines():
        name, *rest = line.split()[:1] or ("#",)
        rest = line.split()[1:]
        if name == "#":
            continue
        if rest[0] == "=":
            words[name] = tuple(frozenset(group.split("|")) for group in rest[1:])
        else:
            suites.append(Suite(name, int(rest[0]), frozenset(rest[1:])))
    return _Table(tuple(suites), words)


# What is broken about a suite, by trait; the worst first.
_REASONS = {
    "eNULL": "no encryption",
    "EXP": "EXPORT",
    "aNULL": "anonymous",
    "RC4": "RC4",
    "DES": "DES",
    "3DES": "3DES",
    "MD5": "MD5",
}
# What a word says of itself. Whoever writes such a word means it, whatever OpenSSL's default
# security level (1 or 2 by version) makes of it; of suites that aren't in the table it is all.
_NAMED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"^EXP(?:ORT(?:40|56)?|1024)?(?:-|$)"), ("EXP", "EXPORT")),
    (re.compile(r"(?:^|-)e?NULL(?:-|$)|^COMPLEMENTOFALL$"), ("eNULL",)),
    (re.compile(r"^(?:EXP-)?(?:ADH|AECDH)(?:-|$)|^aNULL$"), ("aNULL",)),
    (re.compile(r"(?:^|-)RC4(?:-|$)"), ("RC4",)),
    (re.compile(r"(?:^|-)(?:DES-CBC3|3DES)(?:-|$)"), ("3DES",)),
    (re.compile(r"(?:^|-)DES-CBC-|^(?:DES|LOW)$"), ("DES", "LOW")),
    (re.compile(r"(?:^|-)MD5$"), ("MD5",)),
    (re.compile(r"-SHA$"), ("SHA1",)),
)
# Most builds know no RC4 and 3DES. Broad words count as if one did only where they can't be meant
# without them.
_SELDOM = frozenset({"RC4", "3DES"})
_EVERYTHING = frozenset({"ALL", "MEDIUM", "COMPLEMENTOFDEFAULT"})
_LEVEL_BITS = (0, 80, 112, 128, 192, 256)


def admitted(text: str) -> list[tuple[str, str]]:
    """Return what a cipher list admits that is broken: the word that does, and why it is."""
    level = _level(text)
    left = [pair for pair in expand(text) if _allowed(*pair, level)]
    left.sort(key=lambda pair: not _meant(pair[1], pair[0]))
    weak = [(_by(word, suite, level), _reason(suite)) for suite, word in left]
    words = _words(text)
    if level == 0 and "DEFAULT" in words and "!aNULL" not in words:
        weak.append(("DEFAULT@SECLEVEL=0", "no security level"))
    return list(dict.fromkeys(weak))


def expand(text: str) -> list[tuple[Suite, str]]:
    """Return the broken suites that a list leaves, each with the word that brought it in."""
    found: dict[Suite, str] = {}
    ruled_out: list[list[str]] = []
    for word in _words(text):
        names = word.lstrip("!-+").split("+")
        if word == "DEFAULT":
            ruled_out += [["COMPLEMENTOFDEFAULT"], ["eNULL"]]
        elif word.startswith(("!", "-")):
            found = {suite: by for suite, by in found.items() if not _all(names, suite)}
            ruled_out += [names] if word.startswith("!") else []
        elif not word.startswith("+"):
            for suite in _chosen(names):
                if any(_all(other, suite) for other in ruled_out):
                    continue
                if suite not in found or _meant(word, suite):
                    found[suite] = word
    return list(found.items())


def _level(text: str) -> int | None:
    levels = re.findall(r"@SECLEVEL=([0-5])", text)
    return int(levels[-1]) if levels else None


def _by(word: str, suite: Suite, level: int | None) -> str:
    return f"{word}@SECLEVEL=0" if level == 0 and not _meant(word, suite) else word


def _words(text: str) -> list[str]:
    """Return the words of a list, without its commands (`@STRENGTH`) and BoringSSL's brackets."""
    words = re.split(r"[:,;\s\[\]|]+", re.sub(r"@\w+(?:=\w+)?", " ", text))
    return [word for word in words if word]


def _chosen(names: list[str]) -> Iterator[Suite]:
    """Yield the suites that have all that `names` ask for."""
    known = False
    for suite in _table().suites:
        if _all(names, suite):
            known = True
            yield suite
    if known or (len(names) == 1 and names[0] in _table().words):
        return
    traits = _said("+".join(names))
    if traits & _REASONS.keys():
        yield Suite("+".join(names), 0 if "eNULL" in traits else 128, traits)


@cache
def _said(word: str) -> frozenset[str]:
    """Return the traits that a word names."""
    return frozenset(
        trait
        for name in word.split("+")
        for pattern, traits in _NAMED
        if pattern.search(name)
        for trait in traits
    )


def _all(names: list[str], suite: Suite) -> bool:
    return all(_selects(name, suite) for name in names)


def _selects(name: str, suite: Suite) -> bool:
    if name == suite.name:
        return True
    groups = _table().words.get(name)
    if groups is None:
        return name in suite.traits
    return all(_has(group, suite.traits) for group in groups)


def _has(group: frozenset[str], traits: frozenset[str]) -> bool:
    return any(one[1:] not in traits if one.startswith("-") else one in traits for one in group)


def _meant(word: str, suite: Suite) -> bool:
    """Whether a word asks for what is broken about a suite."""
    said = _said(word)
    return bool(said & _REASONS.keys()) and suite.traits & {"aNULL", "eNULL"} <= said


def _allowed(suite: Suite, word: str, level: int | None) -> bool:
    """Whether the security level lets a suite through (`ssl_security_default_callback`)."""
    if level is None:
        if _meant(word, suite):
            return True
        level = 1
    broad = not _meant(word, suite) and _EVERYTHING.isdisjoint(word.split("+"))
    if broad and suite.traits & _SELDOM:
        return False
    if suite.bits < _LEVEL_BITS[level]:
        return False
    if level and suite.traits & {"aNULL", "MD5"}:
        return False
    return level < 2 or "RC4" not in suite.traits


def _reason(suite: Suite) -> str:
    return next(_REASONS[trait] for trait in _REASONS if trait in suite.traits)
