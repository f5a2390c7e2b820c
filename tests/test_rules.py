"""Rule files: how they are read, what is said of bad ones, and that the shipped ones are whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from mtlslint.catalogue import CatalogueError, load_rules
from mtlslint.pages import page
from mtlslint.rule import Rule, rule_schema

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = ROOT / "docs" / "schema" / "rule.json"
BUILT_IN = sorted((ROOT / "rules").glob("*.yaml"))

GOOD = """\
summary: A test.
levels: {tls: error, mtls: error, strict: off}
security-severity: 5.0
cases:
  - on: server
    match: {client_auth: optional}
    at: client_auth
    message: "{endpoint} has {client_auth.text}"
help: {what: a, why: b, fix: c, wire: d, ignore: e}
"""


class Yaml12(yaml.SafeLoader):
    """Reads `on` and `off` as text, as YAML 1.2 and so every editor does."""


Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":bool")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def plain(text: str | bytes) -> object:
    return yaml.load(text, Yaml12)


def load(folder: Path, text: str, name: str = "ACME101-own-rule.yaml") -> Rule:
    (folder / name).write_text(text, encoding="utf-8")
    return next(iter(load_rules(folder).rules.values()))


def test_a_rule_is_read_from_its_file(tmp_path: Path) -> None:
    rule = load(tmp_path, GOOD)
    assert (rule.id, rule.name) == ("ACME101", "own-rule")
    assert rule.levels["strict"].word == "off"
    assert rule.cases[0].at == ("", "client_auth")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("summary:", "sumary:", 1, "unknown key 'sumary'; did you mean 'summary'?"),
        ("optional}", "optinal}", 6, "client_auth is never 'optinal'; did you mean 'optional'?"),
        ("on: server", "on: servr", 5, "'servr' is not allowed here; did you mean 'server'?"),
        ("at: client_auth", "at: client_ath", 7, "a server has no 'client_ath'; did you mean"),
        ("{endpoint}", "{endpont}", 8, "unknown placeholder 'endpont'; did you mean 'endpoint'?"),
        ("error, strict", "eror, strict", 2, "'eror' is not allowed here; did you mean 'error'?"),
        ("severity: 5.0", "severity: 11", 3, "11.0 is not between 0.1 and 10.0"),
        ("severity: 5.0", "severity: high", 3, "expected a number, found 'high'"),
        ("help: {what: a, ", "help: {", 9, "missing key 'what'"),
        ("levels: {tls: error, ", "levels: {", 2, "missing key 'tls'"),
        ("    match: {client_auth", "    match: [client_auth", 6, "not YAML"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_the_nearest_word(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, GOOD.replace(old, new))
    assert str(caught.value).startswith(f"{tmp_path}/ACME101-own-rule.yaml:{line}: {message}")


def test_file_names_must_say_id_and_name(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"named ID-name\.yaml"):
        load(tmp_path, GOOD, "own_rule.yaml")


def test_a_superseded_rule_must_exist(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="supersedes ACME999, which doesn't exist"):
        load(tmp_path, GOOD + "supersedes: [ACME999]\n")


def test_an_empty_or_missing_folder_is_an_error_and_not_zero_rules(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no rules here"):
        load_rules(tmp_path)
    with pytest.raises(CatalogueError, match="no such folder"):
        load_rules(tmp_path / "none")


def test_two_rules_cannot_share_an_id(tmp_path: Path) -> None:
    (tmp_path / "ACME101-a.yaml").write_text(GOOD)
    with pytest.raises(CatalogueError, match="ACME101 exists already"):
        load(tmp_path, GOOD, "ACME101-b.yaml")


def test_the_published_schema_is_current() -> None:
    assert json.loads(SCHEMA.read_text()) == rule_schema(), "run: python docs/generate.py"


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_shipped_rules_satisfy_the_schema(path: Path) -> None:
    jsonschema.validate(plain(path.read_bytes()), rule_schema())


@pytest.mark.parametrize(
    ("old", "new"), [("optional}", "optinal}"), ("summary:", "sumary:"), ("tls: error", "tls: bad")]
)
def test_the_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    jsonschema.validate(plain(GOOD), rule_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(GOOD.replace(old, new, 1)), rule_schema())


@pytest.mark.parametrize("rule", load_rules().rules.values(), ids=lambda rule: rule.id)
def test_shipped_rules_are_complete(rule: Rule) -> None:
    assert rule.id.startswith("MTLS")
    assert rule.standards.get("cwe")
    assert rule.references
    assert rule.since
    assert rule.summary.endswith(".")
    assert len(rule.summary) <= 120
    for heading in ("What it does", "Why it matters", "Example", "How to fix", "When to ignore"):
        assert f"## {heading}\n" in page(rule)
    titles = [case.message.partition(". ")[0] for case in rule.cases]
    assert all(len(title) <= 120 for title in titles)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "rules").mkdir()
    return tmp_path / "cache" / "mtlslint"


def test_parsed_rules_are_kept_and_never_stale(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(tmp_path / "rules", GOOD)
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr("mtlslint.rulecache.yaml_node", None)
    again = load_rules(tmp_path / "rules").rules["ACME101"]
    assert (again.summary, again.levels, again.help) == (first.summary, first.levels, first.help)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert load(tmp_path / "rules", GOOD.replace("A test.", "Another.")).summary == "Another."


@pytest.mark.parametrize("damage", [b"", b"\0", b"x" * 100, b"\xe9\x02\0\0\0"])
def test_a_damaged_cache_is_none(tmp_path: Path, cache: Path, damage: bytes) -> None:
    load(tmp_path / "rules", GOOD)
    [kept] = cache.iterdir()
    kept.write_bytes(damage)
    assert load(tmp_path / "rules", GOOD).summary == "A test."


def test_without_a_place_for_a_cache_rules_are_read(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert load(tmp_path / "rules", GOOD).summary == "A test."
