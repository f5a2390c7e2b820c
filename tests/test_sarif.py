"""SARIF: what GitHub, and every other viewer, gets to see."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mtlslint.catalogue import load_rules
from mtlslint.config import Config
from mtlslint.engine import Result, check
from mtlslint.files import MemoryFiles
from mtlslint.finding import Finding, Level, Place
from mtlslint.model import Document, Problem
from mtlslint.reporters import View, sarif
from mtlslint.reporters._fingerprint import line_hashes
from mtlslint.source import Source, Sources, Span
from mtlslint.summary import Summary

TODAY = date(2026, 11, 1)
OPTIONAL = "server api transport=tls client_auth=optional"
HOP = (
    "server edge transport=tls reach=network client_auth=required\n"
    "client app.internal:8080 transport=plaintext reach=network\n"
    "route edge app.internal:8080\n"
)


def run(files: dict[str, str], profile: str = "mtls") -> Result:
    held = MemoryFiles({path: text.encode() for path, text in files.items()})
    return check(held, Config(profile=profile), load_rules(), TODAY)


def by_hand(text: str, *findings: Finding, path: str = "a.conf", **more: Any) -> Result:
    """Make a result without any technology."""
    catalogue = load_rules()
    levels = {id_: rule.levels["mtls"] for id_, rule in catalogue.rules.items()}
    sources = Sources({path: Source(path, text.encode())})
    given = {"problems": (), "notes": (), "document": Document(), "summary": Summary(), **more}
    return Result(
        findings=findings,
        sources=sources,
        catalogue=catalogue,
        levels=levels,
        profile="mtls",
        auto=False,
        **given,
    )


def with_rule(result: Result, **changes: Any) -> Result:
    """Return the result with MTLS101 changed."""
    rules = dict(result.catalogue.rules)
    rules["MTLS101"] = rules["MTLS101"]._replace(**changes)
    return result._replace(catalogue=result.catalogue._replace(rules=rules))


def found_at(start: int, end: int, message: str = "Bad.", **more: Any) -> Finding:
    given = {"rule": "MTLS101", "level": Level.ERROR, "span": Span("a.conf", start, end), **more}
    return Finding(message=message, **given)


def log(result: Result, view: View = View()) -> dict[str, Any]:  # noqa: B008 - View is frozen
    [only] = json.loads(sarif.render(result, view))["runs"]
    return only


def rule_of(run_: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(rule for rule in run_["tool"]["driver"]["rules"] if rule["id"] == id_)


def place_of(location: dict[str, Any]) -> tuple[str, int, int, int]:
    physical = location["physicalLocation"]
    region = physical["region"]
    assert region["startLine"] == region["endLine"]
    uri = physical["artifactLocation"]["uri"]
    return uri, region["startLine"], region["startColumn"], region["endColumn"]


def values(node: Any) -> Iterator[Any]:
    yield node
    if isinstance(node, (dict, list)):
        for child in node.values() if isinstance(node, dict) else node:
            yield from values(child)


@pytest.mark.usefixtures("toy")
def test_a_run_says_who_looked_and_what_was_seen() -> None:
    result = run({"a.toy": OPTIONAL})
    text = sarif.render(result, View())
    assert text == sarif.render(result, View())
    whole = json.loads(text)
    assert list(whole) == ["$schema", "version", "runs"]
    assert whole["version"] == "2.1.0"
    [only] = whole["runs"]
    assert only["tool"]["driver"]["name"] == "mtlslint"
    assert only["automationDetails"] == {"id": "mtlslint/"}
    assert only["columnKind"] == "unicodeCodePoints"
    assert only["properties"]["profile"] == "mtls"
    assert only["properties"]["summary"]["servers"] == {"optional": 1}
    assert only["properties"]["summary"]["text"] == result.summary.sentence()
    assert "" not in list(values(whole))
    assert None not in list(values(whole))


@pytest.mark.usefixtures("toy")
def test_no_findings_are_an_empty_list() -> None:
    only = log(run({"a.toy": "server a transport=tls client_auth=required min_version=TLSv1.2"}))
    assert only["results"] == []
    assert only["invocations"] == [{"executionSuccessful": True}]


def test_rules_are_those_that_are_on_at_their_level() -> None:
    result = by_hand("")
    levels = {**result.levels, "MTLS101": Level.NOTE, "MTLS102": Level.OFF}
    only = log(result._replace(levels=levels))
    ids = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert ids == [id_ for id_ in result.catalogue.rules if levels[id_] > Level.OFF]
    assert "MTLS102" not in ids
    assert rule_of(only, "MTLS101")["defaultConfiguration"] == {"level": "note"}
    assert rule_of(only, "MTLS301")["defaultConfiguration"] == {"level": "error"}


def test_a_rule_is_described() -> None:
    rule = rule_of(log(by_hand("")), "MTLS101")
    known = load_rules().rules["MTLS101"]
    assert rule["name"] == "ClientCertOptional"
    assert rule["shortDescription"]["text"] == known.summary
    assert rule["fullDescription"]["text"].startswith("Finds servers that ask for a client")
    assert "## Why it matters" in rule["help"]["markdown"]
    assert "Why it matters\n" in rule["help"]["text"]
    assert rule["helpUri"].startswith("https://github.com/mtlslint/mtlslint/")
    assert rule["properties"]["precision"] == known.precision
    assert rule["properties"]["security-severity"] == str(known.security_severity)
    tags = rule["properties"]["tags"]
    assert tags[:2] == ["security", "external/cwe/cwe-287"]
    assert any(tag.startswith("external/nist-800-52r2/") for tag in tags)


def test_all_rules_keep_githubs_limits() -> None:
    for rule in log(by_hand(""))["tool"]["driver"]["rules"]:
        assert len(rule["properties"]["tags"]) <= 10
        assert len(rule["name"]) <= 255
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024


def test_a_note_has_no_security_severity() -> None:
    result = by_hand("")
    quiet = {**result.levels, "MTLS101": Level.NOTE}
    properties = rule_of(log(result._replace(levels=quiet)), "MTLS101")["properties"]
    assert "security-severity" not in properties
    assert properties["problem.severity"] == "recommendation"


def test_standards_are_cut_to_what_is_shown() -> None:
    result = by_hand("")
    many = {"cwe": ("CWE-22",), "pci-dss-4.0.1": tuple(f"1.{n}" for n in range(20))}
    told = with_rule(result, standards=many)
    tags = rule_of(log(told), "MTLS101")["properties"]["tags"]
    assert len(tags) == 10
    assert tags[:3] == ["security", "external/cwe/cwe-022", "external/pci-dss-4.0.1/1.0"]


def test_a_result_lies_on_one_line_in_code_points() -> None:
    text = "# é🔒\n  bad {\n    x;\n  }\n"
    start = text.encode().index(b"bad")
    only = log(by_hand(text, found_at(start, len(text.encode()) - 1)))
    [result] = only["results"]
    [location] = result["locations"]
    assert place_of(location) == ("a.conf", 2, 3, 8)
    assert location["physicalLocation"]["region"]["snippet"] == {"text": "bad {"}
    context = location["physicalLocation"]["contextRegion"]
    assert context["snippet"] == {"text": "# é🔒\n  bad {\n    x;"}
    assert (context["startLine"], context["endLine"], context["endColumn"]) == (1, 3, 7)
    lock = text.encode().index("🔒".encode())
    [result] = log(by_hand(text, found_at(lock, lock + 4)))["results"]
    assert place_of(result["locations"][0]) == ("a.conf", 1, 4, 5)


def test_levels_are_always_written() -> None:
    findings = [found_at(0, 1, level=level) for level in (Level.NOTE, Level.WARNING, Level.ERROR)]
    only = log(by_hand("x", *findings))
    assert [result["level"] for result in only["results"]] == ["note", "warning", "error"]
    rules = only["tool"]["driver"]["rules"]
    assert {rules[result["ruleIndex"]]["id"] for result in only["results"]} == {"MTLS101"}


@pytest.mark.usefixtures("toy")
def test_test_code_stays_a_note() -> None:
    [result] = log(run({"tests/a.toy": OPTIONAL}))["results"]
    assert result["level"] == "note"
    assert result["properties"]["testCode"] is True


def test_uris_are_relative_and_encoded() -> None:
    span = Span("etc/a b[1]%é:#.conf", 0, 1)
    result = by_hand("x", found_at(0, 1, span=span), path=span.path)
    for prefix, before in (("", ""), ("edge/", "edge/"), ("../", "")):
        only = log(result, View(prefix=prefix))
        artifact = only["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact["uri"] == before + "etc/a%20b%5B1%5D%25%C3%A9%3A%23.conf"
        assert artifact["uriBaseId"] in only["originalUriBaseIds"]
    assert "uri" not in only["originalUriBaseIds"]["%SRCROOT%"]


def test_a_name_that_is_no_unicode_is_encoded_as_it_is() -> None:
    span = Span("a\udcff.conf", 0, 1)
    text = sarif.render(by_hand("x", found_at(0, 1, span=span), path=span.path), View())
    assert '"a%FF.conf"' in text
    text.encode("ascii")


def test_related_places_are_linked_from_the_message() -> None:
    text = "listen;\nbad;\n"
    related = (Place(Span("a.conf", 0, 7), "server: [::]:443"), Place(Span("a.conf", 8, 12), ""))
    [result] = log(by_hand(text, found_at(8, 12, related=related)))["results"]
    assert result["message"]["text"] == r"Bad. See [server: \[::\]:443](1), [here](2)."
    first, second = result["relatedLocations"]
    assert (first["id"], second["id"]) == (1, 2)
    assert first["message"]["text"] == r"server: \[::\]:443."
    assert "message" not in second
    assert place_of(first) == ("a.conf", 1, 1, 8)


def test_the_number_of_links_is_kept_low() -> None:
    related = tuple(Place(Span("a.conf", n, n + 1), f"server {n}") for n in range(300))
    [result] = log(by_hand("x" * 400, found_at(0, 1, related=related)))["results"]
    assert len(result["relatedLocations"]) == 100
    assert result["message"]["text"].endswith("[server 7](8) and 292 more.")


def test_hostile_text_is_neither_obeyed_nor_a_link() -> None:
    message = "Bad. \x1b[31m [click](1) \\[x](http://evil) \u202e\n\nhidden"
    [result] = log(by_hand("x", found_at(0, 1, message, endpoint="\x07a")))["results"]
    text = result["message"]["text"]
    assert not re.search(r"(?<!\\)(\\\\)*\[", text)
    assert text.startswith(r"Bad. \\x1b\[31m \[click\](1) \\\[x\](http://evil) \\u202e hidden.")
    assert result["properties"]["endpoint"] == r"\x07a"


def test_long_text_is_cut() -> None:
    [result] = log(by_hand("x" * 9000, found_at(0, 9000, "long " * 2000)))["results"]
    assert len(result["message"]["text"]) <= 1000
    physical = result["locations"][0]["physicalLocation"]
    assert "snippet" not in physical["region"]
    assert "contextRegion" not in physical


@pytest.mark.parametrize("data", ["a\x1b[2J;", "a\u202e;"])
def test_text_that_could_play_tricks_is_not_quoted(data: str) -> None:
    [result] = log(by_hand(data, found_at(0, len(data.encode()))))["results"]
    assert "snippet" not in result["locations"][0]["physicalLocation"]["region"]


def test_key_material_is_not_quoted() -> None:
    result = by_hand("key: MIIEvQ\n", found_at(0, 11))
    [case] = result.catalogue.rules["MTLS101"].cases
    told = with_rule(result, cases=(case._replace(on=("material",)),))
    assert "MIIEvQ" not in sarif.render(told, View())
    assert "MIIEvQ" in sarif.render(result, View())


@pytest.mark.usefixtures("toy")
def test_a_hop_is_told_step_by_step() -> None:
    result = next(r for r in log(run({"a.toy": HOP}))["results"] if r["ruleId"] == "MTLS301")
    assert place_of(result["locations"][0])[:2] == ("a.toy", 2)
    assert "[server: edge](1)" in result["message"]["text"]
    [flow] = result["codeFlows"]
    [thread] = flow["threadFlows"]
    steps = [step["location"] for step in thread["locations"]]
    assert [(place_of(step)[1], step["message"]["text"]) for step in steps] == [
        (1, "A client connects to edge."),
        (3, "edge passes the traffic on."),
        (2, "The traffic goes to app.internal:8080."),
    ]


def test_places_with_the_same_remark_are_told_apart() -> None:
    related = tuple(Place(Span("a.conf", n, n + 1), "on the way to a") for n in range(3))
    [result] = log(by_hand("abc", found_at(0, 1, related=related)))["results"]
    assert result["message"]["text"].endswith(
        "See [on the way to a](1), [and here](2), [and here](3)."
    )


@pytest.mark.usefixtures("toy")
def test_a_hop_to_several_addresses_is_one_way() -> None:
    result = run({"a.toy": HOP})
    [route] = result.document.routes
    routes = (route, route._replace(id="again"))
    both = result._replace(document=result.document._replace(routes=routes))
    hop = next(found for found in log(both)["results"] if found["ruleId"] == "MTLS301")
    assert len(hop["codeFlows"]) == 1


@pytest.mark.usefixtures("toy")
def test_only_hops_of_the_finding_are_told() -> None:
    other = "server inner transport=plaintext reach=local\nroute inner app.internal:8080\n"
    results = log(run({"a.toy": HOP + other}))["results"]
    hop = next(result for result in results if result["ruleId"] == "MTLS301")
    assert len(hop["codeFlows"]) == 1
    listeners = [result for result in results if result["ruleId"] == "MTLS101"]
    assert not any("codeFlows" in result for result in listeners)


def test_problems_are_notifications() -> None:
    fatal = Problem("a.conf", "expected [a] word", Span("a.conf", 3, 4))
    note = Problem("b.conf", "is a template", fatal=False)
    [told] = log(by_hand("x\n y", problems=(fatal,), notes=(note,)))["invocations"]
    assert told["executionSuccessful"] is False
    first, second = told["toolExecutionNotifications"]
    assert first["level"] == "error"
    assert first["message"]["text"] == r"expected \[a\] word."
    assert place_of(first["locations"][0])[:3] == ("a.conf", 2, 2)
    assert second["level"] == "note"
    assert second["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "b.conf", "uriBaseId": "%SRCROOT%"}
    }
    assert log(by_hand("", notes=(note,)))["invocations"][0]["executionSuccessful"] is True


def test_too_many_findings_are_cut_to_the_most_severe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "RESULT_LIMIT", 3)
    levels = [Level.NOTE, Level.ERROR, Level.WARNING, Level.NOTE, Level.ERROR]
    findings = [found_at(n, n + 1, f"Bad {n}", level=level) for n, level in enumerate(levels)]
    only = log(by_hand("abcde", *findings))
    assert [r["message"]["text"] for r in only["results"]] == ["Bad 1.", "Bad 2.", "Bad 4."]
    [told] = only["invocations"][0]["toolExecutionNotifications"]
    assert told["level"] == "warning"
    assert told["message"]["text"].startswith("5 findings are more than a run may hold")
    assert only["invocations"][0]["executionSuccessful"] is True


def test_fingerprints() -> None:
    text = "a;\nbad;\nbad;\n"
    findings = (found_at(3, 7), found_at(8, 12))
    before = [r["partialFingerprints"] for r in log(by_hand(text, *findings))["results"]]
    hashes = line_hashes(text.encode())
    assert [keys["primaryLocationLineHash"] for keys in before] == hashes[1:3]
    first, second = (keys["mtlslint/v1"] for keys in before)
    assert first.endswith(":1")
    assert second == first.removesuffix("1") + "2"
    # Lines before and after may change; our key stays.
    [moved] = log(by_hand("#\n  bad;\nz;", found_at(4, 8)))["results"]
    assert moved["partialFingerprints"]["mtlslint/v1"] == first
    assert moved["partialFingerprints"]["primaryLocationLineHash"] not in hashes


# What is left: messages as templates with arguments (GitHub takes finished text only), the
# revision (only the uploader knows it), and whether links are reachable (no matter of the log).
LEFT = {"SARIF2002", "SARIF2003", "SARIF2006"}


@pytest.mark.usefixtures("toy")
@pytest.mark.skipif(not shutil.which("Sarif.Multitool"), reason="no Sarif.Multitool")
def test_microsofts_validator_agrees(tmp_path: Path) -> None:
    lines = f"# listener\n{OPTIONAL}\n"
    files = {"etc/a b[1].toy": HOP, "b.toy": lines, "tests/c.toy": lines, "d.toy": "bad"}
    (tmp_path / "in.sarif").write_text(sarif.render(run(files), View()), encoding="ascii")
    command = ["Sarif.Multitool", "validate", "in.sarif", "--rule-kind", "Sarif;Ghas"]
    options = ["--level", "Error;Warning;Note", "--output", "out.sarif", "--log", "ForceOverwrite"]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    subprocess.run(command + options, cwd=tmp_path, env=environment, check=True)
    [verdict] = json.loads((tmp_path / "out.sarif").read_text("utf-8-sig"))["runs"]
    assert verdict["results"]
    told = {(r["ruleId"], r["level"]) for r in verdict["results"]}
    assert told <= {(rule, "note") for rule in LEFT}
