"""nginx: a server's ciphers, identity headers, keys in place."""

from __future__ import annotations

import pytest
from mtlslint.model import Role
from nginx_project import MUTUAL, TLS, resolve, servers, setting, text_at


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
