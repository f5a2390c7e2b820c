"""Reads the rows of an `api.yaml` into what `code/api.py` describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mtlslint.code.api import (
    Api,
    Case,
    Choose,
    Either,
    Idle,
    Judge,
    Kind,
    Nested,
    Open,
    Refusal,
    Refuse,
    Row,
    Take,
    Verdicts,
)
from mtlslint.code.vocabulary import vocabulary
from mtlslint.targets import NEWEST, parse_version


def build_api(data: Mapping[str, Any]) -> Api:
    """Make rows of what the YAML file holds; a word it doesn't know is an error."""
    rows = _table(data["calls"])
    kinds = {name: _kind(name, kind, data["kinds"]) for name, kind in data["kinds"].items()}
    types = {path: name for name, kind in kinds.items() for path in kind.types}
    aliases = data.get("aliases", {})
    phantoms = data.get("phantom_types", {})
    verdicts = _verdicts(data["verdicts"]) if "verdicts" in data else Verdicts()
    crates = {path.partition("::")[0] for path in (*rows, *types, *phantoms)} | set(
        data.get("crates", ())
    )
    return Api(
        rows=rows,
        kinds=kinds,
        types=types,
        crates=frozenset(crates | set(aliases)),
        aliases=aliases,
        distinctive=data.get("distinctive", {}),
        plumbing=_inverted(data.get("plumbing", {})),
        variants=_inverted(data.get("variants", {})),
        versions=_inverted(data.get("versions", {})),
        hosts=data.get("hosts", {}),
        build=data.get("build", {}),
        anywhere=data.get("anywhere", {}),
        phantom_types=data.get("phantom_types", {}),
        traits=data.get("traits", {}),
        words={name: _inverted(table) for name, table in data.get("words", {}).items()},
        anchored=data.get("anchored", False),
        plain_depth=data.get("plain_depth", 99),
        budget=data.get("budget", 20_000),
        vendors={tuple(path.split(".")): crate for path, crate in data.get("vendors", {}).items()},
        public_stores=tuple(data.get("public_stores", ())),
        interfaces=frozenset(_interfaces(rows, kinds)),
        outcomes=data.get("outcomes", {}),
        conversions=data.get("conversions", {}),
        spellings=data.get("spell", {}),
        verdicts=verdicts,
        vocabulary=vocabulary(rows, kinds, phantoms, verdicts.calls),
        modes=frozenset(data.get("modes", ())),
    )


def _verdicts(data: Mapping[str, Any]) -> Verdicts:
    calls = {name: tuple(checks.split()) for name, checks in _inverted(data["calls"]).items()}
    refusals = tuple(_refusal(one) for one in data["refusals"])
    return Verdicts(data["library"], calls, refusals)


def _refusal(data: Mapping[str, Any]) -> Refusal:
    outer, inner = (tuple(path.split("::")) for path in data["error"])
    since, below = (parse_version(data.get(key, "")) for key in ("since", "below"))
    return Refusal(data["of"], (outer, inner), since or (0,), below or NEWEST)


def _interfaces(rows: Mapping[str, Row], kinds: Mapping[str, Kind]) -> Iterator[str]:
    """Yield the traits that something of the program may implement for a library."""
    for table in (rows, *(kind.methods for kind in kinds.values())):
        for row in table.values():
            yield from (take.interface for take in row.takes if take.interface)


def _inverted(groups: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: word for word, names in groups.items() for name in names}


def _kind(name: str, data: Mapping[str, Any], kinds: Mapping[str, Any]) -> Kind:
    methods: dict[str, Row] = {}
    fields: dict[str, Row] = {}
    bases = data.get("like", [])
    for base in [*reversed([bases] if isinstance(bases, str) else bases)]:
        parent = _kind(base, kinds[base], kinds)
        methods |= parent.methods
        fields |= parent.fields
    methods |= _table(data.get("methods", {}))
    fields |= _table(data.get("fields", {}))
    methods |= {
        phantom: Row(phantom=advice)
        for advice, names in data.get("phantoms", {}).items()
        for phantom in names
    }
    return Kind(
        name=name,
        types=tuple(data.get("types", ())),
        side=data.get("side", ""),
        finished=data.get("finished", False),
        fluent=data.get("fluent", False),
        app=data.get("app", False),
        fixed=data.get("fixed", False),
        meant=data.get("meant", False),
        opens=_open(data["opens"]) if "opens" in data else None,
        at_once=data.get("at_once", False),
        later=tuple(data.get("later", ())),
        hooks=frozenset(data.get("hooks", ())),
        methods=methods,
        fields=fields,
    )


def _table(data: Mapping[str, Any]) -> dict[str, Row]:
    """Read rows by name; one key may hold several names, parted by blanks."""
    return {
        name: row
        for names, value in data.items()
        for row in [_row(value)]
        for name in names.split()
    }


def _row(data: Mapping[str, Any] | None) -> Row:
    data = dict(data or {})
    take = data.pop("take", [])
    nested = data.pop("nested", [])
    judge = data.pop("judge", None)
    opens = data.pop("open", None)
    bits = data.pop("bits", None)
    refuses = data.pop("refuses", None)
    idle = data.pop("idle", None)
    return Row(
        takes=tuple(_take(one) for one in (take if isinstance(take, list) else [take])),
        nested=tuple(Nested(**one) for one in (nested if isinstance(nested, list) else [nested])),
        cases=tuple(_case(case) for case in data.pop("cases", ())),
        judge=Judge(**judge) if judge else None,
        chooses=tuple(Choose(**one) for one in data.pop("choose", ())),
        opens=_open(opens) if opens else None,
        refuses=_refuse(refuses) if refuses else None,
        idle=Idle(**idle) if idle else None,
        params=tuple(data.pop("params", ())),
        consumes=tuple(data.pop("consumes", ())),
        moves=tuple(data.pop("moves", ())),
        instead=tuple(data.pop("instead", ())),
        either=_either(data.pop("either", None)),
        bits=None if bits is None else frozenset(bits),
        **data,
    )


def _either(data: Mapping[str, Any] | None) -> Either | None:
    if data is None:
        return None
    rows = {word: _row(row) for word, row in data["rows"].items()}
    return Either(data["arg"], data["words"], rows)


def _open(data: Mapping[str, Any]) -> Open:
    return Open(**{**data, "settings": tuple(data.get("settings", ()))})


def _refuse(data: Mapping[str, Any]) -> Refuse:
    lists = {name: tuple(data.get(name, ())) for name in ("kinds", "versions", "says")}
    return Refuse(**{**data, **lists})


def _take(data: Mapping[str, Any]) -> Take:
    return Take(**{**data, "settings": tuple(data.get("settings", ()))})


def _case(data: Mapping[str, Any]) -> Case:
    return Case(frozenset(data.get("has", ())), frozenset(data.get("lacks", ())), data["set"])
