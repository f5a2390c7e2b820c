"""nginx: cipher lists, identity headers, keys in place."""

from __future__ import annotations

import pytest
from mtlslint.model import Role
from mtlslint.parsers.nginx.ciphers import admitted
from nginx_project import MUTUAL, TLS, resolve, servers, setting, text_at


@pytest.mark.parametrize(
    "text",
    [
        "HIGH:!aNULL:!MD5",
        "HIGH:!aNULL:!MD5:!RC4:!3DES:!EXPORT",
        "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305",
        "EECDH+AESGCM:EDH+AESGCM",
        "ALL:!aNULL:!ADH:!eNULL:!LOW:!EXP:!RC4:!3DES",
        "ECDHE-RSA-AES256-SHA:DES-CBC3-SHA:!3DES",
        "AES128-SHA:DES-CBC3-SHA:!DES-CBC3-SHA",
        "RC4:AES128-SHA:-RC4",
        "ECDHE-RSA-AES128-SHA256:RC4-SHA:!SHA1",
        "DEFAULT",
        "DEFAULT:@SECLEVEL=1",
        "HIGH:!aNULL@SECLEVEL=0",
        "AES128-SHA:+3DES",
    ],
)
def test_sound_cipher_lists(text: str) -> None:
    assert admitted(text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ECDHE+AESGCM:AES128-SHA:DES-CBC3-SHA", "DES-CBC3-SHA"),
        ("ALL:!ADH:RC4+RSA:+HIGH:+MEDIUM", "RC4+RSA"),
        ("HIGH:aNULL", "aNULL"),
        ("ECDHE-RSA-DES-CBC3-SHA", "ECDHE-RSA-DES-CBC3-SHA"),
        ("EXP-RC4-MD5:!RC2", "EXP-RC4-MD5"),
        ("AES128-SHA:NULL-SHA256", "NULL-SHA256"),
        ("ADH-AES128-SHA", "ADH-AES128-SHA"),
        ("3DES:!DES", "3DES"),
        ("HIGH:!MD5:@SECLEVEL=0", "HIGH@SECLEVEL=0"),
        ("ALL@SECLEVEL=0", "ALL@SECLEVEL=0"),
    ],
)
def test_cipher_lists_that_admit_what_is_broken(text: str, word: str) -> None:
    assert admitted(text)[0][0] == word


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("ssl_ciphers HIGH:RC4;", "weak"),
        ("ssl_ciphers RC4; ssl_protocols TLSv1.3;", "strong"),
        ("ssl_ciphers ${CIPHERS};", None),
        ("", "strong"),
    ],
)
def test_ciphers_of_a_server(lines: str, value: str | None) -> None:
    (server,) = servers(resolve(f"server {{ listen 443 ssl; {lines} root /srv; }}"))
    assert setting(server, "ciphers").value == value


OUTER = "proxy_set_header X-SSL-Client-DN $ssl_client_s_dn;"


@pytest.mark.parametrize(
    ("outer", "lines", "value", "at"),
    [
        (OUTER, "", "sanitized", OUTER),
        (OUTER, "proxy_set_header Host $host;", "forwarded", "proxy_pass http://a;"),
        (OUTER, "proxy_set_header X-SSL-Client-DN '';", None, ""),
        ("", "proxy_set_header X-Client-Cert $http_x_client_cert;", "forwarded", "="),
        ("", "proxy_set_header X-Request-Id $http_x_request_id;", None, ""),
        ("", "proxy_set_header Host $host;", None, ""),
        (OUTER, "include headers.conf;", None, ""),
    ],
)
def test_identity_headers(outer: str, lines: str, value: str | None, at: str) -> None:
    text = f"""http {{ server {{ listen 443 ssl; {MUTUAL} ssl_verify_client on; {outer}
        location / {{ {lines} proxy_pass http://a; }} }} }}"""
    files = {"nginx.conf": text}
    ((state,),) = [route.states for route in resolve(files).routes]
    made = state.get("identity_headers")
    assert (made.value if made else None) == value
    if made and at:
        assert text_at(files, made) == (lines if at == "=" else at).removesuffix(";")


def test_identity_headers_matter_only_where_certificates_are_asked_for() -> None:
    text = f"""http {{ server {{ listen 443 ssl; {TLS} {OUTER}
        location / {{ proxy_set_header Host $host; proxy_pass http://a; }} }} }}"""
    assert [route.states for route in resolve({"nginx.conf": text}).routes] == [({},)]


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("proxy_pass http://a;", "unchecked"),
        ("if ($ssl_client_s_dn !~ CN=a) { return 403; } proxy_pass http://a;", "checked"),
        ("proxy_set_header X-DN $ssl_client_s_dn; proxy_pass http://a;", None),
        ("auth_request /a; proxy_pass http://a;", None),
    ],
)
def test_who_the_client_is(lines: str, value: str | None) -> None:
    text = f"server {{ listen 443 ssl; {MUTUAL} ssl_verify_client on; location / {{ {lines} }} }}"
    (server,) = servers(resolve(text))
    assert setting(server, "client_identity").value == value


def test_what_is_written_in_place_is_named() -> None:
    key = "data:-----BEGIN PRIVATE KEY-----\\nMC4C\\n-----END PRIVATE KEY-----"
    text = f'ssl_certificate_key "{key}"; server {{ ssl_certificate_key k.pem; }}'
    found = resolve(text).named
    assert [(each.name, each.role, each.text[:5]) for each in found] == [
        ("ssl_certificate_key", Role.ANY, b"-----"),
        ("k.pem", Role.KEY, b""),
    ]


def test_a_cipher_string_replaces_the_list_and_early_data_needs_tls_1_3() -> None:
    lines = "ssl_ciphers RC4; ssl_conf_command CipherString HIGH:!aNULL; ssl_early_data on;"
    (server,) = servers(resolve(f"server {{ listen 443 ssl; {TLS} {lines} root /srv; }}"))
    assert setting(server, "ciphers").value == "strong"
    assert setting(server, "early_data").value == "off"


def test_a_header_may_come_from_the_client_by_way_of_a_variable() -> None:
    text = f"""http {{ map $http_x_client_dn $who {{ default $http_x_client_dn; "" -; }}
        server {{ listen 443 ssl; {MUTUAL} ssl_verify_client on;
        location / {{ proxy_set_header X-Client-DN $who; proxy_pass http://a; }} }} }}"""
    ((state,),) = [route.states for route in resolve({"nginx.conf": text}).routes]
    assert state["identity_headers"].value == "forwarded"
