"""Rules: data that is read from one YAML file each, and the shape of that file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from mtlslint.finding import LEVELS, Level, level
from mtlslint.match import ENDS, PREDICATES, Match, read_match, setting_names
from mtlslint.model import VOCABULARY, Origin
from mtlslint.shape import (
    Fields,
    Items,
    Node,
    Number,
    Shape,
    ShapeError,
    Table,
    Text,
    nearest,
)

PROFILES = ("tls", "mtls", "strict")
SAFETIES = ("safe", "unsafe")
STANDARDS = ("cwe", "owasp-api-2023", "pci-dss-4.0.1", "nist-800-52r2")
TECHNOLOGIES = ("nginx", "envoy", "kubernetes", "command", "rust", "python")
PRECISIONS = ("very-high", "high", "medium", "low")

ID = re.compile(r"[A-Z][A-Z0-9]*[0-9]{3}")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Repair(NamedTuple):
    """A fix as a statement about the model: these settings get these values."""

    set: Mapping[str, str | int]
    safety: str


class Case(NamedTuple):
    """One way in which a rule fires. `at` is a setting or an end, `unless` silences when true.

    `check` is a command that shows it on the wire: the case's own, else the rule's. `profiles`: it
    counts in these only, if there are any.
    """

    on: tuple[str, ...]
    match: Match
    unless: Match | None
    at: tuple[str, str]
    message: str
    check: str
    fix: Repair | None = None
    profiles: tuple[str, ...] = ()


class Example(NamedTuple):
    """Code that shows the rule; its `expect:` comments say where the rule fires."""

    technology: str
    file: str
    code: str
    bad: bool
    profile: str
    line: int


class Help(NamedTuple):
    """The fixed headings of a rule's page, as Markdown."""

    what: str
    why: str
    fix: str
    wire: str
    ignore: str


class Rule(NamedTuple):
    """Everything that is known of a rule."""

    id: str
    name: str
    summary: str
    levels: Mapping[str, Level]
    security_severity: float
    precision: str
    since: str
    standards: Mapping[str, tuple[str, ...]]
    supersedes: tuple[str, ...]
    cases: tuple[Case, ...]
    check: str
    references: tuple[str, ...]
    help: Help
    examples: tuple[Example, ...] = ()
    files: Mapping[str, str] = MappingProxyType({})
    """What lies beside every example, by path."""


class _MatchShape:
    """A match; reading one needs the kinds of the case around it, so the node is kept."""

    def read(self, node: Node) -> Node:
        """Return the node as it is."""
        return node

    def schema(self) -> dict[str, Any]:
        """Return a reference to the definition in `_definitions`."""
        return {"$ref": "#/$defs/match"}


def _definitions() -> dict[str, Any]:
    """Return the schemas of a match on any kind of subject and of each setting's predicates."""
    names = {n: setting for kind in ENDS for n, (_, setting) in setting_names(kind).items()}
    properties: dict[str, Any] = {
        name: {"$ref": f"#/$defs/{setting}"} for name, setting in sorted(names.items())
    }
    properties["any"] = {"type": "array", "items": {"$ref": "#/$defs/match"}}
    match = {"type": "object", "additionalProperties": False, "properties": properties}
    return {"match": match, **{setting: _predicate_schema(setting) for setting in VOCABULARY}}


def _predicate_schema(setting: str) -> dict[str, Any]:
    word = VOCABULARY[setting]
    value: dict[str, Any] = {"enum": list(word.values)} if word.values else {"type": "integer"}
    origins = {"enum": [origin.value for origin in Origin]}
    itself = {"$ref": f"#/$defs/{setting}"}
    kinds: dict[str, Any] = {
        "origin": {"anyOf": [origins, {"type": "array", "items": origins}]},
        "known": {"type": "boolean"},
        "not": itself,
        "any": {"type": "array", "items": itself},
        "is": {"anyOf": [value, {"type": "array", "items": value}]},
    }
    properties = {name: kinds.get(name, value) for name in PREDICATES}
    table = {"type": "object", "additionalProperties": False, "properties": properties}
    return {"description": word.meaning, "anyOf": [*kinds["is"]["anyOf"], table]}


class _RepairValues:
    """Settings and the one value that each gets."""

    def read(self, node: Node) -> dict[str, str | int]:
        """Return the values by setting."""
        table = Table(Text(tuple(VOCABULARY)), Text()).read(node)
        for name, value in table.items():
            choices = VOCABULARY[name].values
            if choices and value not in choices:
                raise ShapeError(node.line, f"{name} is never '{value}'{nearest(value, choices)}")
        return dict(table)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        values = {name: {"enum": list(word.values)} for name, word in VOCABULARY.items()}
        return {"type": "object", "additionalProperties": False, "properties": values}


class _Located:
    """A shape whose line is kept: (line, value)."""

    def __init__(self, inner: Shape) -> None:
        self.inner = inner

    def read(self, node: Node) -> tuple[int, Any]:
        """Return the line and what the inner shape reads."""
        return node.line, self.inner.read(node)

    def schema(self) -> dict[str, Any]:
        """Return the inner shape's JSON Schema."""
        return self.inner.schema()


def _is_id(text: str) -> str | None:
    return None if ID.fullmatch(text) else f"'{text}' is no rule id such as MTLS101"


_CASE = Fields(
    {
        "on": Items(Text(tuple(ENDS)), single=True),
        "match": _MatchShape(),
        "unless": _MatchShape(),
        "at": _Located(Text()),
        "message": _Located(Text()),
        "check": Text(),
        "profiles": Items(Text(PROFILES)),
        "fix": Fields(
            {"set": _RepairValues(), "safety": Text(SAFETIES)},
            frozenset({"set", "safety"}),
        ),
    },
    frozenset({"on", "match", "at", "message"}),
)

_EXAMPLE = Fields(
    {
        "technology": Text(TECHNOLOGIES),
        "file": Text(),
        "profile": Text(PROFILES),
        "bad": _Located(Text()),
        "good": _Located(Text()),
    },
    frozenset({"technology", "file"}),
)

_HELP_KEYS = ("what", "why", "fix", "wire", "ignore")

RULE_FILE = Fields(
    {
        "summary": Text(),
        "levels": Fields({p: Text(LEVELS) for p in PROFILES}, frozenset(PROFILES)),
        "security-severity": Number(0.1, 10.0),
        "precision": Text(PRECISIONS),
        "since": Text(),
        "standards": Table(Text(STANDARDS), Items(Text())),
        "supersedes": Items(Text(check=_is_id)),
        "cases": Items(_Located(_CASE)),
        "check": Text(),
        "references": Items(Text()),
        "help": Fields({key: Text() for key in _HELP_KEYS}, frozenset(_HELP_KEYS)),
        "examples": Items(_EXAMPLE),
        "files": Table(Text(), Text()),
    },
    frozenset({"summary", "levels", "security-severity", "cases", "help"}),
)
"""The shape of a rule file."""


def rule_schema() -> dict[str, Any]:
    """Return the JSON Schema of a rule file, made from the model's vocabulary."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mtlslint rule",
        **RULE_FILE.schema(),
        "$defs": _definitions(),
    }


def read_rule(stem: str, node: Node) -> Rule:
    """Make a rule of a file named `<ID>-<name>.yaml`; raises ShapeError."""
    id_, _, name = stem.partition("-")
    if not ID.fullmatch(id_) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ShapeError(1, f"a rule file is named ID-name.yaml, not '{stem}.yaml'")
    data = RULE_FILE.read(node)
    return Rule(
        id=id_,
        name=name,
        summary=data["summary"].strip(),
        levels={profile: level(word) for profile, word in data["levels"].items()},
        security_severity=float(data["security-severity"]),
        precision=data.get("precision", "high"),
        since=data.get("since", ""),
        standards=data.get("standards", {}),
        supersedes=data.get("supersedes", ()),
        cases=tuple(_case(line, case, data.get("check", "")) for line, case in data["cases"]),
        check=data.get("check", "").strip(),
        references=data.get("references", ()),
        help=Help(**data["help"]),
        examples=tuple(e for example in data.get("examples", ()) for e in _examples(example)),
        files=data.get("files", {}),
    )


def _case(line: int, data: dict[str, Any], check: str) -> Case:
    kinds: tuple[str, ...] = data["on"]
    if not kinds:
        raise ShapeError(line, "a case is on something")
    at_line, at = data["at"]
    message_line, message = data["message"]
    _check_placeholders(message_line, message, kinds)
    repair = data.get("fix")
    return Case(
        on=kinds,
        match=read_match(data["match"], kinds),
        unless=read_match(data["unless"], kinds) if "unless" in data else None,
        at=_at(at_line, at, kinds),
        message=message.strip(),
        check=data.get("check", check).strip(),
        fix=Repair(repair["set"], repair["safety"]) if repair else None,
        profiles=data.get("profiles", ()),
    )


def _at(line: int, at: str, kinds: tuple[str, ...]) -> tuple[str, str]:
    """Return (end, setting); the setting is empty where the end itself is meant."""
    for kind in kinds:
        names = setting_names(kind)
        if at not in names and at not in ENDS[kind] and at != kind:
            raise ShapeError(line, f"a {kind} has no '{at}'{nearest(at, [*names, *ENDS[kind]])}")
    names = setting_names(kinds[0])
    return names.get(at, (at if at in ENDS[kinds[0]] else "", ""))


def _check_placeholders(line: int, message: str, kinds: tuple[str, ...]) -> None:
    for kind in kinds:
        allowed = {"endpoint"} if kind in ("server", "client") else set(ENDS[kind]) - {""}
        if kind in ("material", "misuse", "route", "link", "suppression"):
            allowed |= {"name"}
        if kind == "link":
            allowed |= {"why", "sure"}
        if kind in ("material", "misuse", "suppression"):
            allowed |= {"advice", "note"}
        allowed |= {n + tail for n in setting_names(kind) for tail in ("", ".text", ".note")}
        for word in PLACEHOLDER.findall(message):
            if word not in allowed:
                raise ShapeError(line, f"unknown placeholder '{word}'{nearest(word, allowed)}")


def _examples(data: dict[str, Any]) -> list[Example]:
    found = []
    for key in ("bad", "good"):
        if key in data:
            line, code = data[key]
            profile = data.get("profile", "mtls")
            found.append(
                Example(data["technology"], data["file"], code, key == "bad", profile, line)
            )
    return found
