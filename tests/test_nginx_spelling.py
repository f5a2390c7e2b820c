"""How nginx writes what rules want; `spelling/nginx.yaml` holds the plain cases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mtlslint.fixing import Fixed
from mtlslint.targets import Range
from repairs import judge_spelling, mend, mended, spelling_cases

MAIN = "nginx.conf"


@spelling_cases("nginx")
def test_nginx_is_written(rule: str, before: str, after: str | None, refused: bool) -> None:
    judge_spelling(MAIN, rule, before, after, refused)


SERVER = """\
server {
    listen 443 ssl;
    server_name %s.example.com;
    ssl_certificate a.pem;
    ssl_certificate_key a.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    %s
    location / { proxy_pass http://127.0.0.1; }
}
"""
LAX = "ssl_verify_client optional;"
CA = "ssl_client_certificate ca.pem;"


def done(files: dict[str, str], rule: str, **config: object) -> tuple[dict[str, str], Fixed]:
    made = mend({path: text.encode() for path, text in files.items()}, rule, **config)
    return {path: data.decode() for path, data in made.contents.items()}, made


def test_an_include_is_mended_where_it_decides_and_once() -> None:
    files = {
        "nginx.conf": "events {}\nhttp { include sites/*.conf; }\n",
        "sites/a.conf": SERVER % ("a", "include snippets/clients.conf;"),
        "sites/b.conf": SERVER % ("b", "include snippets/clients.conf;"),
        "snippets/clients.conf": f"{CA}\n{LAX}\n",
    }
    contents, made = done(files, "MTLS101")
    assert contents == {"snippets/clients.conf": f"{CA}\nssl_verify_client on;\n"}
    assert len(made.done[0].finding.subjects) == 2


def test_an_include_that_also_serves_others_is_left_alone() -> None:
    files = {
        "nginx.conf": "events {}\nhttp { include sites/*.conf; }\n",
        "sites/a.conf": SERVER % ("a", "include snippets/clients.conf;"),
        "sites/b.conf": SERVER % ("b", "include snippets/clients.conf; access_by_lua_file x.lua;"),
        "snippets/clients.conf": f"{CA}\n{LAX}\n",
    }
    contents, made = done(files, "MTLS101")
    assert contents == {}
    [refused] = made.refused
    assert refused.reason == "it would also change b.conf: server b.example.com, listen 443"


def test_a_server_that_an_include_switches_off_gets_no_second_switch() -> None:
    files = {
        "a.conf": SERVER % ("a", f"{CA}\n    include off.inc;"),
        "off.inc": "ssl_verify_client off;\n",
    }
    contents, made = done(files, "MTLS104")
    assert contents == {}
    assert made.refused[0].reason.startswith("no safe way to write it")


def test_the_authorities_of_an_outer_file_count() -> None:
    hop = "server { listen 127.0.0.1:80; location / { proxy_pass https://b.example.net; } }\n"
    files = {
        "nginx.conf": "http { proxy_ssl_trusted_certificate ca.pem; include conf.d/*.conf; }\n",
        "conf.d/b.conf": hop,
    }
    contents, _ = done(files, "MTLS404")
    pass_ = "proxy_pass https://b.example.net;"
    assert contents == {"conf.d/b.conf": hop.replace(pass_, f"{pass_} proxy_ssl_verify on;")}
    alone = {**files, "nginx.conf": "http { include conf.d/*.conf; }\n"}
    assert done(alone, "MTLS404")[0] == {}


def test_the_default_server_that_decides_for_others_is_mended() -> None:
    one = SERVER.replace("    ssl_protocols TLSv1.2 TLSv1.3;\n", "") % ("a", "")
    text = one.replace("443 ssl", "443 ssl default_server") + SERVER % ("b", "")
    contents, made = done({MAIN: text}, "MTLS201")
    assert contents[MAIN].count("ssl_protocols") == 2
    assert {id_.rpartition("#")[2] for id_ in made.done[0].finding.subjects} == {
        "1:listen 443",
        "2:listen 443",
    }


def test_a_floor_that_is_the_default_today_is_written_down() -> None:
    current = {"nginx": Range((1, 28), (1, 28, 9999), "configured")}
    text = (SERVER % ("a", "ssl_crl crl.pem;")).replace("    ssl_protocols TLSv1.2 TLSv1.3;\n", "")
    after = text.replace("a.key;\n", "a.key;\n    ssl_protocols TLSv1.2 TLSv1.3;\n")
    assert mended(text, "MTLS205", MAIN, profile="strict", targets=current) == after


@pytest.mark.parametrize(
    ("path", "name", "switch"),
    [
        ("a.conf.j2", "a", "{% if lax %}\n    ssl_verify_client optional;\n    {% endif %}"),
        ("a.conf.j2", "{{ name }}", LAX),
        ("a.conf.erb", "a", "<% if @lax %>\n    ssl_verify_client optional;\n    <% end %>"),
    ],
)
def test_nothing_is_written_into_a_template(path: str, name: str, switch: str) -> None:
    contents, made = done({path: SERVER % (name, f"{CA}\n    {switch}")}, "MTLS101")
    assert contents == {}
    assert made.refused


def test_a_file_with_placeholders_is_mended_where_it_is_plain() -> None:
    text = SERVER % ("${NAME}", f"ssl_client_certificate ${{CA}};\n    {LAX}")
    assert mended(text, "MTLS101", "a.conf.template") == text.replace("optional", "on")


INNER = SERVER % ("a", f"{CA}\n    {LAX}")


def manifest(inner: str, style: str) -> str:
    if style == "block":
        value = "|\n" + "".join(f"    {line}\n" for line in inner.splitlines())
    else:
        value = '"' + inner.replace("\n", "\\n") + '"\n'
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: edge}}\ndata:\n  a.conf: {value}"


def test_a_block_string_of_a_manifest_is_mended_and_quoted_text_is_not() -> None:
    fixed = manifest(INNER.replace("optional", "on"), "block")
    assert mended(manifest(INNER, "block"), "MTLS101", "edge.yaml") == fixed
    assert mended(manifest(INNER, "quoted"), "MTLS101", "edge.yaml") is None


@pytest.mark.parametrize("rule", ["MTLS104", "MTLS201"])
def test_a_line_in_a_block_string_is_added_with_its_indent(rule: str) -> None:
    inner = INNER.replace(f"    {LAX}\n", "")
    if rule == "MTLS201":
        inner = INNER.replace("    ssl_protocols TLSv1.2 TLSv1.3;\n", "").replace("optional", "on")
    plain = mended(inner, rule, "a.conf")
    assert isinstance(plain, str)
    assert mended(manifest(inner, "block"), rule, "edge.yaml") == manifest(plain, "block")


def test_a_line_of_a_block_string_is_taken_out_with_its_indent() -> None:
    inner = INNER.replace("optional", "on").replace(
        "TLSv1.3;\n", "TLSv1.3;\n    ssl_protocols TLSv1.1;\n"
    )
    plain = mended(inner, "MTLS202", "a.conf")
    assert isinstance(plain, str)
    assert "TLSv1.1" not in plain
    assert mended(manifest(inner, "block"), "MTLS202", "edge.yaml") == manifest(plain, "block")


BYTES = b"""\
# caf\xe9: ssl_verify_client optional;
server {
\tlisten 443 ssl;
\tserver_name a.example.com;
\tssl_certificate a.pem; ssl_certificate_key a.key;
\tssl_protocols TLSv1.2;
\tssl_client_certificate ca.pem;
\tssl_verify_client\toptional;
\tlocation / { root /srv/\xfc; }
}"""


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_the_form_of_a_file_is_kept(bom: bytes, newline: bytes) -> None:
    data = bom + BYTES.replace(b"\n", newline)
    assert mended(data, "MTLS101", MAIN) == data.replace(b"\toptional", b"\ton")
    bare = data.replace(b"\tssl_verify_client\toptional;" + newline, b"")
    assert mended(bare, "MTLS104", MAIN) == data.replace(b"\toptional", b" on")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_directive_at_the_very_end_is_mended_without_a_new_line_end(newline: str) -> None:
    files = {
        MAIN: SERVER % ("a", "include tls.inc;"),
        "tls.inc": f"ssl_session_tickets off;{newline}{CA}",
    }
    contents, _ = done(files, "MTLS104")
    assert contents == {"tls.inc": files["tls.inc"] + f"{newline}ssl_verify_client on;"}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_damaged_files_are_mended_once_or_not(data: st.DataObject) -> None:
    text = SERVER % ("a", f"{CA}\n    {LAX}") + SERVER % ("b", "ssl_early_data on;")
    damaged = bytearray(text.replace("TLSv1.2 ", "TLSv1 TLSv1.2 ").encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(damaged)))
        pieces = [b"", b"{", b"}", b'"', b"#", b";", b"\\", b"\r", b"\xff", b"{{ x }}", b"${Y}"]
        damaged[at : at + data.draw(st.integers(0, 12))] = data.draw(st.sampled_from(pieces))
    once = mend({MAIN: bytes(damaged)})
    again = mend({MAIN: once.contents.get(MAIN, bytes(damaged))})
    assert not again.done
