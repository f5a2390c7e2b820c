"""The engine on a toy technology: what holds for every technology."""

from __future__ import annotations

from datetime import date

import pytest
from marks import reported
from mtlslint.catalogue import load_rules
from mtlslint.config import Config
from mtlslint.engine import Result, check
from mtlslint.files import MemoryFiles, OverlayFiles
from mtlslint.finding import Level
from mtlslint.reporters import View
from mtlslint.reporters.json import render

pytestmark = pytest.mark.usefixtures("toy")
TODAY = date(2026, 11, 1)
MUTUAL = "transport=tls client_auth=required client_chain=verified"


def run(files: dict[str, str], report: list[str] | None = None, **config: object) -> Result:
    held = MemoryFiles({path: text.encode() for path, text in files.items()})
    made = Config(**{"profile": "mtls", **config})  # type: ignore[arg-type]
    return check(held, made, load_rules(), TODAY, report)


def found(result: Result) -> list[tuple[str, int, str]]:
    return sorted(reported(result, Level.NOTE))


def test_a_rule_fires_on_a_state_and_says_if_others_differ() -> None:
    one = run({"a.toy": "server a transport=tls client_auth=optional"})
    assert found(one) == [("a.toy", 1, "MTLS101")]
    assert "on some paths" not in one.findings[0].message
    two = run({"a.toy": "server a transport=tls client_auth=optional|required"})
    assert found(two) == [("a.toy", 1, "MTLS101")]
    assert "on some paths" in two.findings[0].message


def test_values_of_different_states_are_never_paired() -> None:
    # One path is unverified and optional, the other verified and required: 102 wants the chain
    # unverified *and* a certificate asked for, which only the first is.
    text = "server a transport=tls client_auth=none|required client_chain=unverified|verified"
    assert "MTLS102" not in {rule for _, _, rule in found(run({"a.toy": text}))}


def test_unknown_is_silent() -> None:
    result = run({"a.toy": "server a transport=tls client_auth=? client_chain=?"})
    assert reported(result, Level.WARNING) == {}


def test_a_superseding_rule_replaces_on_its_endpoint_only() -> None:
    text = (
        "server a transport=tls client_auth=optional client_chain=unverified\n"
        "server b transport=tls client_auth=optional client_chain=verified"
    )
    assert found(run({"a.toy": text})) == [("a.toy", 1, "MTLS102"), ("a.toy", 2, "MTLS101")]
    assert found(run({"a.toy": text}, ignore=("MTLS102",))) == [
        ("a.toy", 1, "MTLS101"),
        ("a.toy", 2, "MTLS101"),
    ]


def test_one_line_that_decides_for_two_endpoints_is_one_finding_with_both_related() -> None:
    result = run(
        {
            "a.toy": "include x.part\n# server",
            "b.toy": "include x.part\n# server",
            "x.part": "server shared transport=tls client_auth=optional",
        }
    )
    assert found(result) == [("x.part", 1, "MTLS101")]
    finding = result.findings[0]
    assert {place.span.path for place in finding.related} == {"a.toy", "b.toy"}
    assert len(finding.related) == 2


def test_an_overlaid_include_changes_the_verdict_of_the_file_that_includes_it() -> None:
    below = MemoryFiles(
        {
            "a.toy": b"include x.part\n# server",
            "x.part": f"server shared {MUTUAL}".encode(),
        }
    )
    weak = {"x.part": b"server shared transport=tls client_auth=optional"}
    rules, config = load_rules(), Config(profile="mtls")
    cache: dict = {}
    assert found(check(below, config, rules, TODAY, cache=cache)) == []
    assert len(cache) == 2
    over = check(OverlayFiles(below, weak), config, rules, TODAY, cache=cache)
    assert found(over) == [("x.part", 1, "MTLS101")]
    assert len(cache) == 3, "only the changed file is read again"


def test_twins_share_content_and_are_not_both_ways() -> None:
    text = (
        f"server strict reach=network {MUTUAL}\n"
        "server open transport=plaintext reach=network tier=proxy\n"
        "server other transport=plaintext reach=network tier=proxy\n"
        "serves strict app\nserves open app\nserves other docs"
    )
    assert found(run({"a.toy": text})) == [("a.toy", 2, "MTLS105")]


def test_a_plaintext_hop_behind_tls_is_at_the_client_and_related_to_the_listener() -> None:
    text = (
        f"server edge reach=network {MUTUAL}\n"
        "client up transport=plaintext reach=network\n"
        "route edge up"
    )
    result = run({"a.toy": text})
    assert found(result) == [("a.toy", 2, "MTLS301")]
    assert [place.span.start for place in result.findings[0].related] == [0]


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("server a transport=tls client_auth=none", "tls"),
        ("server a transport=tls client_auth=optional", "mtls"),
        ("server a transport=tls client_auth=none client_auth_intent=asked", "mtls"),
        ("client a transport=tls client_certificate=presented\n# server", "mtls"),
        ("client a transport=tls client_certificate=absent\n# server", "tls"),
    ],
)
def test_the_profile_follows_what_the_project_speaks(text: str, profile: str) -> None:
    assert run({"a.toy": text}, profile="auto").profile == profile


def test_inline_ignores_cover_a_line_or_the_next() -> None:
    server = "server {} transport=tls client_auth=optional"
    text = "\n".join(
        [
            server.format("a") + "  # mtlslint: ignore[MTLS101] accepted until May",
            "# mtlslint: ignore[client-cert-optional] by name",
            server.format("b"),
            "# mtlslint: ignore[MTLS1] by prefix",
            server.format("c"),
            server.format("d") + "  # mtlslint: ignore[MTLS201] another rule",
            server.format("e"),
        ]
    )
    assert sorted(reported(run({"a.toy": text}))) == [
        ("a.toy", 6, "MTLS101"),
        ("a.toy", 7, "MTLS101"),
    ]
    assert run({"a.toy": text}).summary.ignored == 3
    assert len(found(run({"a.toy": text}, inline_ignores=False))) == 5


def test_an_ignore_covers_the_rule_that_supersedes_it() -> None:
    text = "server a transport=tls client_auth=optional client_chain=unverified"
    ignored = text + " # mtlslint: ignore[MTLS101] known"
    assert found(run({"a.toy": text})) == [("a.toy", 1, "MTLS102")]
    assert found(run({"a.toy": ignored})) == []


@pytest.mark.parametrize(
    ("tests", "levels"),
    [("note", [Level.NOTE]), ("report", [Level.ERROR]), ("skip", [])],
)
def test_test_code_weighs_what_is_configured(tests: str, levels: list[Level]) -> None:
    text = "server a transport=tls client_auth=optional"
    result = run({"tests/a.toy": text}, tests=tests)
    assert [finding.level for finding in result.findings] == levels


@pytest.mark.parametrize(
    ("folder", "level"),
    [
        ("pki-test-utils", Level.NOTE),
        ("test-server", Level.NOTE),
        ("load_test_server", Level.ERROR),
        ("contest", Level.ERROR),
    ],
)
def test_a_folder_of_test_code_is_told_by_its_name(folder: str, level: Level) -> None:
    text = "server a transport=tls client_auth=optional"
    result = run({f"{folder}/src/a.toy": text})
    assert [finding.level for finding in result.findings] == [level]


def test_known_is_more_than_reported() -> None:
    files = {
        "in/a.toy": "server a transport=tls client_auth=optional\ninclude out/x.part",
        "out/x.part": "server x transport=tls client_auth=optional",
        "out/b.toy": "server b transport=tls client_auth=optional",
    }
    assert found(run(files, ["in"])) == [("in/a.toy", 1, "MTLS101")]
    assert found(run(files, ["out/x.part"])) == [("out/x.part", 1, "MTLS101")]
    assert len(found(run(files, [""]))) == 3


def test_a_defect_in_one_file_loses_no_other_finding() -> None:
    result = run({"a.toy": "server a transport=tls client_auth=optional", "b.toy": "boom server"})
    assert found(result) == [("a.toy", 1, "MTLS101")]
    assert [(p.path, p.fatal) for p in result.problems] == [("b.toy", True)]
    assert "please report it" in result.problems[0].message


def test_a_defect_while_resolving_is_a_problem() -> None:
    result = run({"a.toy": "server a transport=tls\ncrash"})
    assert [p.path for p in result.problems] == ["a.toy"]


def test_a_syntax_error_is_fatal_in_our_own_file_and_a_note_in_a_doubtful_one() -> None:
    server = "server a transport=tls client_auth=optional\nbad"
    ours = run({"a.toy": server})
    assert found(ours) == [("a.toy", 1, "MTLS101")]
    assert len(ours.problems) == 1
    doubtful = run({"a.maybe": server})
    assert found(doubtful) == []
    assert not doubtful.problems
    assert len(doubtful.notes) == 1


def test_output_does_not_depend_on_the_number_of_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtlslint.reading.POOL_BYTES", 1)
    files = {
        f"{n}.toy": f"server s{n} transport=tls client_auth=optional".encode() for n in range(40)
    }
    files["boom.toy"] = b"boom server"
    held, rules, config = MemoryFiles(files), load_rules(), Config(profile="mtls")
    one = check(held, config, rules, TODAY, workers=1)
    many = check(held, config, rules, TODAY, workers=8)
    assert len(one.findings) == 40
    assert render(one, View()) == render(many, View())


def test_select_and_ignore_decide_by_id_prefix_and_name() -> None:
    text = {"a.toy": "server a transport=tls client_auth=optional min_version=TLSv1"}
    assert {r for *_, r in found(run(text))} == {"MTLS101", "MTLS202"}
    assert {r for *_, r in found(run(text, select=("MTLS2",)))} == {"MTLS202"}
    assert {r for *_, r in found(run(text, ignore=("min-version-legacy",)))} == {"MTLS101"}


def test_a_rule_selected_by_id_is_on_where_its_profile_has_it_off() -> None:
    text = {"a.toy": "server a transport=tls client_auth=none"}
    assert found(run(text, profile="tls")) == []
    selected = run(text, profile="tls", select=("MTLS103",))
    assert [finding.level for finding in selected.findings] == [Level.WARNING]


def test_unreadable_files_are_problems_only_if_surely_ours() -> None:
    class Broken(MemoryFiles):
        def read(self, name: str) -> bytes:
            if name.startswith("broken"):
                raise PermissionError(13, "Permission denied")
            return super().read(name)

    held = Broken({"broken.toy": b"", "broken.maybe": b"", "a.toy": b"server a transport=tls"})
    result = check(held, Config(profile="mtls"), load_rules(), TODAY)
    assert [p.path for p in result.problems] == ["broken.toy"]
    assert [p.path for p in result.notes] == ["broken.maybe"]


def test_counts_say_what_was_seen() -> None:
    result = run(
        {
            "a.toy": f"server a {MUTUAL}\nserver b transport=tls client_auth=?\n"
            "server c transport=tls client_auth=none|optional\n"
            "client u transport=plaintext\nroute a u",
        }
    )
    assert result.summary.sentence() == (
        "1 file read; 3 TLS servers: 1 mutual, 1 without client certificates, 1 unknown; "
        "1 hop: 1 plaintext"
    )
    assert run({}).summary.sentence().startswith("nothing found to read")


def test_a_finding_keeps_its_place_when_lines_move_above_it() -> None:
    text = "server a transport=tls client_auth=optional"
    before = run({"a.toy": text}).findings[0]
    after = run({"a.toy": "\n\n" + text}).findings[0]
    assert before._replace(span=after.span) == after


def test_ignores_that_cover_nothing_are_said_where_their_rules_were_judged() -> None:
    text = (
        "server a transport=tls client_auth=required # mtlslint: ignore[MTLS101] no more\n"
        "server b transport=tls client_auth=optional # mtlslint: ignore[MTLS101] known\n"
        "server c transport=tls client_auth=required # mtlslint: ignore[MTLS1O1] typo\n"
        "server d transport=tls client_auth=required # mtlslint: ignore[MTLS202] judged? no\n"
    )
    assert found(run({"a.toy": text}, ignore=("MTLS202",))) == [
        ("a.toy", 1, "MTLS903"),
        ("a.toy", 3, "MTLS903"),
    ]
    assert found(run({"a.toy": text, "b.toy": "bad"}, ignore=("MTLS202",)))[0][1] == 1
    assert found(run({"a.toy": text + "bad"}, ignore=("MTLS202",))) == [], "not fully read"
