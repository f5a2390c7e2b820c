"""Repairs on a toy technology: what is proven is made, everything else is refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from mtlslint.catalogue import load_rules
from mtlslint.config import Config
from mtlslint.engine import Result, check
from mtlslint.files import Files, MemoryFiles
from mtlslint.fixing import Fixed, Refusal, fix, propose
from mtlslint.model import Problem
from mtlslint.parsers import all_parsers
from mtlslint.source import Source, Sources

pytestmark = pytest.mark.usefixtures("toy")

CHECK = partial(
    check, config=Config(profile="mtls"), catalogue=load_rules(), today=date(2026, 11, 1)
)
LAX = "server {} transport=tls client_chain=verified client_auth=optional"


def repaired(
    files: dict[str, str],
    *rules: str,
    checked: Callable[[Files], Result] = CHECK,
    unsafe: bool = True,
    writable: tuple[str, ...] | None = None,
) -> tuple[dict[str, str], Fixed]:
    """Mend the findings of these rules, else all; return the changed files and what was done."""
    held = MemoryFiles({path: text.encode() for path, text in files.items()})
    wanted = [one for one in checked(held).findings if not rules or one.rule in rules]
    made = fix(held, wanted, checked, unsafe=unsafe, writable=writable)
    return {path: data.decode() for path, data in made.contents.items()}, made


def reasons(made: Fixed) -> list[str]:
    return [one.reason for one in made.refused]


def test_all_findings_are_mended_at_once_and_nothing_is_left_to_do() -> None:
    files = {"a.toy": LAX.format("a") + "\n" + LAX.format("b") + "\n", "b.toy": LAX.format("c")}
    contents, made = repaired(files, "MTLS101")
    assert contents == {path: text.replace("optional", "required") for path, text in files.items()}
    assert len(made.done) == 3
    assert made.refused == ()
    assert {one.safety for one in made.done} == {"unsafe"}
    assert repaired(contents, "MTLS101")[0] == {}


def test_a_fix_that_may_lock_clients_out_is_made_only_where_that_is_wanted() -> None:
    contents, made = repaired({"a.toy": LAX.format("a")}, "MTLS101", unsafe=False)
    assert contents == {}
    assert reasons(made) == ["the fix is unsafe: it may lock out clients or break a connection"]


def test_what_the_technology_cannot_write_is_refused_and_the_rest_is_mended() -> None:
    contents, made = repaired({"a.toy": LAX.format("a") + " !\n" + LAX.format("b")}, "MTLS101")
    assert contents["a.toy"].splitlines()[0].endswith("optional !")
    assert contents["a.toy"].splitlines()[1].endswith("required")
    assert reasons(made) == ["no safe way to write it for a"]


def test_a_rule_without_a_fix_is_refused() -> None:
    contents, made = repaired({"a.toy": "server a transport=tls client_auth=none"}, "MTLS103")
    assert (contents, reasons(made)) == ({}, ["its rule has no fix"])


def test_one_place_that_decides_for_two_endpoints_is_mended_once() -> None:
    files = {"a.toy": "include x.part\n# server", "b.toy": "include x.part\n# server"}
    contents, made = repaired({**files, "x.part": LAX.format("shared")}, "MTLS101")
    assert contents == {"x.part": LAX.format("shared").replace("optional", "required")}
    assert len(made.done) == 1


def test_a_fix_that_would_change_another_endpoint_is_refused() -> None:
    files = {"a.toy": "include x.part\n# server", "b.toy": "include x.part\n# server"}
    held = MemoryFiles({k: v.encode() for k, v in {**files, "x.part": LAX.format("s")}.items()})
    [finding] = [one for one in CHECK(held).findings if one.rule == "MTLS101"]
    made = fix(held, [finding], only_of("a.toy:s"), unsafe=True)
    assert reasons(made) == ["it would also change s"]
    assert made.contents == {}


def only_of(id_: str) -> Callable[[Files], Result]:
    """Return a check whose findings are about one endpoint alone."""

    def checked(files: Files) -> Result:
        result = CHECK(files)
        return result._replace(findings=tuple(f._replace(subjects=(id_,)) for f in result.findings))

    return checked


def test_a_fix_that_brings_another_finding_is_refused_alone() -> None:
    open_twin = "server w transport=tls reach=network client_auth=none"
    files = {
        "a.toy": f"{LAX.format('s')} reach=network\n{open_twin}\nserves s shop\nserves w shop\n",
        "b.toy": LAX.format("b") + "\n" + LAX.format("c"),
    }
    contents, made = repaired(files, "MTLS101")
    assert list(contents) == ["b.toy"]
    assert contents["b.toy"].count("required") == 2
    [reason] = reasons(made)
    assert reason.startswith("it would bring MTLS105: ")


def test_what_only_the_worse_finding_hid_does_not_stop_a_fix() -> None:
    hidden = f"{LAX.format('a')} client_identity=unchecked revocation=none"
    contents, made = repaired({"a.toy": hidden}, "MTLS101")
    assert "client_auth=required" in contents["a.toy"]
    assert {"MTLS501", "MTLS601"} <= {one.rule for one in made.result.findings}


def test_what_a_mended_finding_stood_for_is_mended_too() -> None:
    text = "server a transport=tls client_auth=optional client_chain=unverified"
    contents, made = repaired({"a.toy": text}, "MTLS102")
    assert contents["a.toy"].endswith("client_auth=required client_chain=verified")
    assert [one.finding.rule for one in made.done] == ["MTLS102", "MTLS101"]


def test_fixes_that_overlap_are_made_one_after_the_other() -> None:
    both = "server a transport=tls client_chain=verified client_auth=optional min_version=TLSv1 ~"
    lower = "server z transport=tls min_version=TLSv1\n"
    text = f"{lower}{both}\n{LAX.format('b')}"
    contents, made = repaired({"a.toy": text}, "MTLS101", "MTLS202")
    assert "client_auth=required min_version=TLSv1.2 ~" in contents["a.toy"]
    assert len(made.done) == 4


def test_only_states_in_which_the_rule_fires_are_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "server a transport=tls client_chain=verified client_auth=required|optional"
    [finding] = CHECK(MemoryFiles({"a.toy": text.encode()})).findings[:1]
    result = CHECK(MemoryFiles({"a.toy": text.encode()}))
    seen = []

    def spell(change, project, sources):
        seen.extend(state["client_auth"].value for state in change.states)
        assert change.elsewhere("client_auth")

    [toy] = all_parsers()
    monkeypatch.setattr(toy, "spell", spell)
    assert isinstance(propose(result, finding), Refusal)
    assert seen == ["optional"]


def test_a_value_that_nobody_can_tell_any_more_is_no_fix() -> None:
    def blurred(files: Files) -> Result:
        result = CHECK(files)
        if b"required" not in files.read("a.toy"):
            return result
        unknown = tuple(
            one._replace(
                states=tuple(
                    {**s, "client_auth": s["client_auth"]._replace(value=None)} for s in one.states
                )
            )
            for one in result.document.endpoints
        )
        return result._replace(document=result.document._replace(endpoints=unknown))

    contents, made = repaired({"a.toy": LAX.format("a")}, "MTLS101", checked=blurred)
    assert (contents, reasons(made)) == ({}, ["it could not be told any more what holds for a"])


def test_a_fix_that_changes_nothing_of_the_verdict_is_refused() -> None:
    first: list[Result] = []

    def blind(files: Files) -> Result:
        first[1:] = [CHECK(files)]
        return first[0]._replace(sources=first[-1].sources)

    held = MemoryFiles({"a.toy": LAX.format("a").encode()})
    first.append(CHECK(held))
    made = fix(held, [f for f in first[0].findings if f.rule == "MTLS101"], blind, unsafe=True)
    assert reasons(made) == ["it would not be enough for a"]


def test_a_fix_after_which_a_file_cannot_be_read_is_refused() -> None:
    def stumbling(files: Files) -> Result:
        result = CHECK(files)
        broken = b"required" in files.read("a.toy")
        return result._replace(notes=(Problem("a.toy", "lost"),)) if broken else result

    _, made = repaired({"a.toy": LAX.format("a")}, "MTLS101", checked=stumbling)
    assert reasons(made) == ["a.toy could not be read any more: lost"]


def test_a_fix_that_loses_an_endpoint_or_gives_other_bytes_is_refused() -> None:
    def losing(files: Files) -> Result:
        result = CHECK(files)
        kept = result.document._replace(endpoints=())
        return result._replace(document=kept) if b"required" in files.read("a.toy") else result

    def garbling(files: Files) -> Result:
        result = CHECK(files)
        data = files.read("a.toy")
        other = Sources({"a.toy": Source("a.toy", data + b" ")})
        return result._replace(sources=other) if b"required" in data else result

    _, made = repaired({"a.toy": LAX.format("a")}, "MTLS101", checked=losing)
    assert reasons(made) == ["a would not be understood any more"]
    _, made = repaired({"a.toy": LAX.format("a")}, "MTLS101", checked=garbling)
    assert reasons(made) == ["a.toy would not become what was meant"]


def test_files_that_were_not_named_are_left_alone() -> None:
    files = {"in/a.toy": LAX.format("a"), "out/b.toy": LAX.format("b")}
    contents, made = repaired(files, "MTLS101", writable=("in",))
    assert list(contents) == ["in/a.toy"]
    assert reasons(made) == ["it would change out/b.toy, which isn't among the paths given"]


def test_a_finding_that_is_not_there_any_more_is_passed_over() -> None:
    held = MemoryFiles({"a.toy": LAX.format("a").encode()})
    [finding] = [one for one in CHECK(held).findings if one.rule == "MTLS101"]
    made = fix(
        MemoryFiles({"a.toy": b"server a transport=plaintext"}), [finding], CHECK, unsafe=True
    )
    assert (made.contents, made.done, made.refused) == ({}, (), ())
