"""The command in process: what it prints where, and its exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import pytest
from mtlslint.__main__ import run as start
from mtlslint.cli import main

ROOT = Path(__file__).resolve().parents[1]
OPTIONAL = """\
server {
    listen 443 ssl;
    server_name api.example.com;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_client_certificate /etc/nginx/ca.pem;
    ssl_verify_client optional;
    location / { proxy_pass http://127.0.0.1:3000; }
}
"""
CLEAN = OPTIONAL.replace(
    "optional;", "on; ssl_crl /crl.pem; proxy_set_header X-SSL-Client-S-DN $ssl_client_s_dn;"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "conf.d" / "api.conf").write_text(OPTIONAL)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return tmp_path


def run(*argv: str) -> tuple[int, str, str]:
    stdout, stderr = io.StringIO(), io.StringIO()
    code = main(list(argv), io.StringIO(), stdout, stderr)
    return code, stdout.getvalue(), stderr.getvalue()


def test_a_finding_is_shown_with_its_line_and_what_to_do(project: Path) -> None:
    code, out, err = run("check")
    assert code == 1
    assert err == ""
    lines = out.splitlines()
    assert lines[0].startswith("conf.d/api.conf:6:5: error MTLS101 client-cert-optional: ")
    assert lines[2] == "6 |     ssl_verify_client optional;"
    assert lines[3] == "  |     " + "^" * len("ssl_verify_client optional")
    assert [line.split(":")[0].strip() for line in lines[4:8]] == ["see", "why", "fix", "wire"]
    assert lines[-1] == (
        "1 error; profile mtls (auto); 1 file read; 1 TLS server: 1 optional; "
        "1 hop: 1 plaintext; see: mtlslint inspect"
    )


def test_a_defect_of_ours_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> int:
        raise RuntimeError("no such luck")

    monkeypatch.setattr("mtlslint.cli.main", broken)
    assert start() == 2
    assert "RuntimeError: no such luck" in capsys.readouterr().err


def test_clean_is_zero_and_still_says_what_was_seen(project: Path) -> None:
    (project / "conf.d" / "api.conf").write_text(CLEAN)
    code, out, _ = run("check", "conf.d")
    assert code == 0
    assert out.startswith("no findings; profile mtls (auto); 1 file read; 1 TLS server: 1 mutual")


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    code, out, _ = run("check", str(tmp_path))
    assert code == 0
    assert "nothing found to read" in out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-on", "error"], 1),
        (["--fail-on", "never"], 0),
        (["--exit-zero"], 0),
        (["--ignore", "MTLS101"], 0),
        (["--ignore", "client-cert-optional"], 0),
        (["--select", "MTLS2"], 0),
        (["--exclude", "conf.d/"], 0),
    ],
)
def test_what_fails_can_be_chosen(project: Path, arguments: list[str], code: int) -> None:
    assert run("check", *arguments)[0] == code


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ([], "say what to do: mtlslint check, inspect, map, explain or rules"),
        (["conf.d"], "'conf.d' is no command; did you mean `mtlslint check conf.d`?"),
        (["chek"], "'chek' is no command; did you mean `mtlslint check`?"),
        (["check", "--outptu-format=json"], "unknown argument '--outptu-format=json'; did you"),
        (["check", "--output-format", "jsn"], "unknown output format 'jsn'; did you mean 'json'?"),
        (["check", "--select", "MTLS1O1"], "unknown rule 'MTLS1O1'; did you mean 'MTLS101'?"),
        (["check", "--ignore", "client-cert-optionl"], "unknown rule 'client-cert-optionl'; did"),
        (["check", "--fail-on", "panic"], "argument --fail-on: invalid choice: 'panic'"),
        (["check", "--exclude", "[z-a]*"], "--exclude '[z-a]*' is no pattern as in .gitignore: "),
        (["check", "--jobs", "0"], "--jobs takes a whole number from 1"),
        (["check", "--today", "tomorrow"], "'tomorrow' is no date such as 2026-01-31"),
        (["check", "nowhere.conf"], "nowhere.conf: no such file or folder"),
        (["check", "--config", "none.toml"], "none.toml: No such file or directory"),
        (["check", "--rules-dir", "conf.d"], "{root}/conf.d: no rules here"),
        (["check", "--output-file", "no/such/folder"], "no/such/folder: No such file"),
        (["explain", "MTLS1O1"], "unknown rule 'MTLS1O1'; did you mean 'MTLS101'?"),
    ],
)
def test_usage_errors_are_one_line_and_exit_2(project: Path, argv: list[str], message: str) -> None:
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert err.startswith("mtlslint: " + message.replace("{root}", str(project)))
    assert err.count("\n") == 1


def test_a_file_surely_ours_that_does_not_parse_is_2_and_loses_nothing(project: Path) -> None:
    (project / "conf.d" / "broken.conf").write_text("server {\n  listen 443 ssl;\n")
    code, out, err = run("check")
    assert code == 2
    assert "MTLS101" in out
    assert err.startswith("mtlslint: conf.d/broken.conf:")
    assert err.count("\n") == 1
    assert run("check", "--exit-zero")[0] == 2


def test_json_satisfies_its_schema(project: Path) -> None:
    (project / "conf.d" / "broken.conf").write_text("server {\n  listen 443 ssl;\n")
    _, out, _ = run("check", "--output-format", "json")
    document = json.loads(out)
    schema = json.loads((ROOT / "docs" / "schema" / "report.json").read_text())
    jsonschema.validate(document, schema)
    assert document["findings"][0]["rule"] == "MTLS101"
    assert document["problems"][0]["path"] == "conf.d/broken.conf"
    assert document["summary"]["servers"]["optional"] == 1


def test_concise_is_a_line_each(project: Path) -> None:
    _, out, _ = run("check", "--output-format", "concise")
    finding, closing = out.splitlines()
    assert finding.startswith("conf.d/api.conf:6:5: error MTLS101 client-cert-optional: ")
    assert closing.startswith("1 error; profile mtls (auto); 1 file read; 1 TLS server")


def test_output_goes_to_a_file_without_colour(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    code, out, _ = run("check", "--output-file", "report.txt")
    assert (code, out) == (1, "")
    assert "\x1b" not in (project / "report.txt").read_text()
    assert "\x1b[1;31m" in run("check")[1]


def test_paths_are_relative_to_where_one_stands(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "conf.d")
    assert run("check")[1].startswith("../conf.d/api.conf:6:5")


def test_what_is_printed_is_cleaned_of_control_characters(project: Path) -> None:
    evil = OPTIONAL.replace("optional;", "optional; # \x1b]0;owned\x07 \u202eevil")
    (project / "conf.d" / "api.conf").write_text(evil)
    for format_ in ("text", "concise"):
        out = run("check", "--output-format", format_)[1]
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_inspect_tells_where_each_value_comes_from(project: Path) -> None:
    code, out, _ = run("inspect")
    assert code == 0
    assert "client_auth" in out
    assert "optional, conf.d/api.conf:6:5" in out


def test_explain_shows_a_page_by_id_or_name(project: Path) -> None:
    code, out, _ = run("explain", "client-cert-optional")
    assert code == 0
    assert out.startswith("# MTLS101 client-cert-optional\n")
    assert run("explain", "mtls101")[1] == out


def test_rules_lists_all(project: Path) -> None:
    _, text, _ = run("rules")
    _, listed, _ = run("rules", "--output-format", "json")
    ids = [rule["id"] for rule in json.loads(listed)]
    assert ids == sorted(ids)
    assert all(id_ in text for id_ in ids)


def test_version_and_help_exit_0(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version")[0] == 0
    assert run("check", "--help")[0] == 0
    assert "--output-format" in capsys.readouterr().out


def test_configuration_is_read_and_can_be_set_aside(project: Path) -> None:
    (project / ".mtlslint.toml").write_text('ignore = ["MTLS101"]\n')
    assert run("check")[0] == 0
    assert run("check", "--isolated")[0] == 1
    (project / "other.toml").write_text('fail-on = "never"\n')
    assert run("check", "--config", "other.toml")[0] == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('profil = "mtls"\n', "1: unknown key 'profil'; did you mean 'profile'?"),
        ('exclude = ["a", "[z-a]"]\n', "1: '[z-a]' is no pattern as in .gitignore: "),
        ('exclude = []\nprofile = "mtsl"\n', "2: 'mtsl' is not allowed here; did you mean 'mtls'?"),
        ('[targets]\nngnix = "1.24"\n', "2: 'ngnix' is not allowed here; did you mean 'nginx'?"),
        ('[targets]\nnginx = "new"\n', "2: 'new' is no version or range such as '>=1.24'"),
        ('select = "MTLS101"\n', "1: expected a list, found 'MTLS101'"),
        ("profile = \n", " Invalid value"),
    ],
)
def test_mistakes_in_the_configuration_name_file_line_and_the_nearest_word(
    project: Path, text: str, message: str
) -> None:
    (project / ".mtlslint.toml").write_text(text)
    code, _, err = run("check")
    assert code == 2
    assert err.startswith(f"mtlslint: {project}/.mtlslint.toml:{message}")
    assert err.count("\n") == 1


def test_pyproject_holds_the_configuration_under_tool(project: Path) -> None:
    (project / "pyproject.toml").write_text(
        '[project]\nname = "x"\nprofile = 1\n\n[tool.mtlslint]\nprofil = "tls"\n'
    )
    code, _, err = run("check")
    assert code == 2
    assert err.startswith(f"mtlslint: {project}/pyproject.toml:6: unknown key 'profil'")


def test_a_configured_target_decides_a_default(project: Path) -> None:
    (project / "conf.d" / "api.conf").write_text(
        CLEAN.replace("    ssl_protocols TLSv1.2 TLSv1.3;\n", "")
    )
    assert "MTLS201" in run("check")[1]
    (project / ".mtlslint.toml").write_text('[targets]\nnginx = ">=1.27.3"\n')
    assert "MTLS201" not in run("check")[1]


def test_own_rules_stand_beside_the_built_in_ones(project: Path) -> None:
    (project / "policy").mkdir()
    (project / "policy" / "ACME001-tls13-only.yaml").write_text(
        "summary: TLS 1.3 everywhere.\n"
        "levels: {tls: error, mtls: error, strict: error}\n"
        "security-severity: 5.0\n"
        "cases:\n"
        "  - on: server\n"
        "    match: {min_version: {below: TLSv1.3}}\n"
        "    at: min_version\n"
        '    message: "{endpoint} allows {min_version}"\n'
        "help: {what: a, why: b, fix: c, wire: d, ignore: e}\n"
    )
    out = run("check", "--rules-dir", "policy", "--output-format", "concise")[1]
    assert "conf.d/api.conf:4:5: error ACME001" in out
    assert "conf.d/api.conf:6:5: error MTLS101" in out
