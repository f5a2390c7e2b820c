"""`#[cfg(..)]` and `#[test]`: under which switches code exists, and whether it is test code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mtlslint.code.ir import Condition

if TYPE_CHECKING:
    from tree_sitter import Node

_TEST = re.compile(r"^(?:\w+::)*(?:test|rstest|test_case|bench|quickcheck|proptest)\b")
_TEST_FEATURE = re.compile(
    r'feature="(?:(?:tests?|testing|mocks?|fuzz(?:ing)?)(?:[-_].*)?|.*[-_](?:tests?|testing|mocks?))"'
)
_TEST_BUILDS = frozenset({"test", "miri", "kani", "fuzzing", "loom", "shuttle", "madsim"})
"""Builds that check or simulate a program."""
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the attributes before an item or statement say; `file` is where a module's code is."""

    conditions: tuple[Condition, ...] = ()
    test: bool = False
    file: str = ""

    def within(self, outer: Attributes) -> Attributes:
        """Return these attributes for something inside something with `outer`."""
        if not outer.conditions and not outer.test:
            return self
        conditions = (outer.conditions + self.conditions)[:_MOST]
        return Attributes(conditions, self.test or outer.test, self.file)

    def reading(self, node: Node) -> Attributes:
        """Return the attributes with one more."""
        more = _said(node.text or b"")
        if more is NONE:
            return self
        conditions = (self.conditions + more.conditions)[:_MOST]
        return Attributes(conditions, self.test or more.test, more.file or self.file)


NONE = Attributes()


@lru_cache(maxsize=1 << 12)
def _said(attribute: bytes) -> Attributes:
    """Return what one attribute says; most are the same few."""
    text = attribute.decode("utf-8", "replace")
    inner = _BLANKS.sub("", text.removeprefix("#!").removeprefix("#").strip()[1:-1])
    if inner.startswith("cfg(") and inner.endswith(")"):
        found = conditions_of(inner[4:-1])
        kept = tuple(one for one in found if not _for_tests(one))
        return Attributes(kept, kept != found)
    if inner.startswith('path="'):
        return Attributes(file=inner[6:-1])
    return Attributes(test=True) if _TEST.match(inner) else NONE


_NESTING = 20
_MOST = 16
"""Conditions that are told apart; what has more exists or not as a whole."""


def conditions_of(text: str, depth: int = 0) -> tuple[Condition, ...]:
    """Return the conditions of a `cfg` predicate written without blanks."""
    if depth > _NESTING:
        return (Condition(text, True),)
    if text.startswith("all(") and text.endswith(")"):
        parts = _split(text[4:-1])
        found = tuple(one for part in parts for one in conditions_of(part, depth + 1))
        return found if len(found) <= _MOST else (Condition(text, True),)
    if text.startswith("not(") and text.endswith(")"):
        inner = conditions_of(text[4:-1], depth + 1)
        if len(inner) == 1:
            return (Condition(inner[0].atom, not inner[0].holds),)
        return (Condition(text[4:-1], False),)
    if text.startswith("any(") and text.endswith(")") and len(_split(text[4:-1])) == 1:
        return conditions_of(text[4:-1], depth + 1)
    return (Condition(text, True),) if text else ()


def _for_tests(condition: Condition) -> bool:
    """Whether something that exists under this condition is there for tests only."""
    atom = condition.atom
    parts = _split(atom[4:-1]) if atom.startswith("any(") and atom.endswith(")") else [atom]
    return (
        condition.holds
        and parts != []
        and all(one in _TEST_BUILDS or _TEST_FEATURE.fullmatch(one) for one in parts)
    )


def _split(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [part for part in (*parts, text[start:]) if part]


_DEFAULT = re.compile(rb"default_values?(?:_t)?\s*=\s*(.*)", re.DOTALL)
_TEXT = re.compile(rb'"([^"\\]*)"')
_ANY_ADDRESS = re.compile(rb"Ipv[46]Addr::UNSPECIFIED|\[\s*0\s*,\s*0\s*,\s*0\s*,\s*0\s*\]")


def usual_text(attribute: Node) -> str:
    """Return the text that an option has unless it is given, by clap's or structopt's attribute."""
    text = attribute.text or b""
    found = _DEFAULT.search(text) if b"default_value" in text else None
    if found is None:
        return ""
    if _ANY_ADDRESS.search(found[1]):
        return "0.0.0.0"
    usual = _TEXT.search(found[1])
    return usual[1].decode("utf-8", "replace") if usual is not None else ""


_MADE_BY = re.compile(rb'\bserde\(.*\bdefault\s*=\s*"(?:\w+::)*(\w+)"', re.DOTALL)


def usual_maker(attribute: Node) -> str:
    """Return the function that makes what a field has unless it is given, by serde's attribute."""
    found = _MADE_BY.search(attribute.text or b"")
    return found[1].decode() if found is not None else ""


_TEST_FOLDERS = frozenset({"tests", "benches", "test", "fuzz"})
_TEST_FILE = re.compile(r"^(?:tests?|.*_tests?|test_.*)\.rs$")


def is_test_path(path: str) -> bool:
    """Whether a file is test code by where it lies or what it is called."""
    *folders, name = path.split("/")
    return bool(_TEST_FOLDERS.intersection(folders)) or bool(_TEST_FILE.match(name))
