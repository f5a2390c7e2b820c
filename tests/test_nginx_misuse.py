"""nginx: directives that were meant to protect, and are refused or idle."""

from __future__ import annotations

import pytest
from mtlslint.model import Misuse
from nginx_project import TLS, resolve

CA = "ssl_client_certificate ca.pem;"


def found(text: str) -> list[Misuse]:
    return list(resolve({"nginx.conf": text}).misuses)


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("ssl_client_verify on;", "refused", "`ssl_client_verify`"),
        ("ssl_client_ca_certificate ca.pem;", "refused", "`ssl_client_ca_certificate`"),
        ("ssl_verify_client required;", "refused", "`ssl_verify_client required`"),
        ("ssl_verify_client optional-no-ca;", "refused", "`ssl_verify_client optional-no-ca`"),
        ("ssl_protocols TLSv1.0 TLSv1.2;", "refused", "`ssl_protocols TLSv1.0`"),
        ("ssl_protocols all -SSLv3;", "refused", "`ssl_protocols all`"),
        ("proxy_ssl_protocols TLS1.2;", "refused", "`proxy_ssl_protocols TLS1.2`"),
        ("proxy_ssl_verify true;", "refused", "`proxy_ssl_verify true`"),
        (
            "location /a { ssl_verify_client on; }",
            "misplaced",
            "`ssl_verify_client` in `location`",
        ),
        ("if ($uri = /a) { ssl_protocols TLSv1.2; }", "misplaced", "`ssl_protocols` in `if`"),
        ("ssl_verify_client ON;", "", ""),
        ("ssl_verify_client VERIFY_MODE;", "", ""),
        ("ssl_verify_client ${VERIFY};", "", ""),
        ("ssl_protocols tlsv1.2 TLSV1.3;", "", ""),
        ("ssl_protocols {{ protocols }};", "", ""),
        ("proxy_ssl_verify off;", "", ""),
        ("location /a { proxy_ssl_protocols TLSv1.2; }", "", ""),
    ],
)
def test_what_nginx_refuses(line: str, kind: str, name: str) -> None:
    made = found(f"http {{ server {{ listen 443 ssl; {TLS} {line} }} }}")
    assert [(each.kind, each.name) for each in made] == ([(kind, name)] if kind else [])


@pytest.mark.parametrize(
    ("server", "names"),
    [
        (f"listen 443; {CA} ssl_verify_client on; root /a;", ["`ssl_verify_client on`"]),
        (f"listen 80; {CA} ssl_verify_client optional_no_ca; root /a;", 1),
        (f"listen 80; listen 443 ssl; {CA} ssl_verify_client on; root /a;", 0),
        (f"listen 80; {CA} ssl_verify_client on; return 301 https://a$request_uri;", 0),
        (f"listen 80; {CA} ssl_verify_client off; root /a;", 0),
        (
            f"listen 80; {CA} ssl_verify_client on; "
            "if ($ssl_client_verify != SUCCESS) { return 403; } root /a;",
            0,
        ),
        (f"{{% if tls %}} listen 443 ssl; {{% else %}} listen 80; {{% endif %}} {CA} root /a;", 0),
        ("listen 443; ssl on; ssl_verify_client on; root /a;", 0),
    ],
)
def test_client_authentication_without_tls(server: str, names: list[str] | int) -> None:
    made = [each.name for each in found(f"http {{ server {{ {server} }} }}")]
    assert made == names if isinstance(names, list) else len(made) == names


def test_a_neighbour_out_of_sight_may_make_the_socket_tls() -> None:
    server = f"server {{ listen 8443; {TLS} {CA} ssl_verify_client on; root /a; }}"
    assert not resolve({"conf.d/a.conf": server}).misuses
    assert resolve({"nginx.conf": f"http {{ {server} }}"}).misuses


@pytest.mark.parametrize(
    ("location", "count"),
    [
        ("proxy_pass http://app:80; proxy_ssl_verify on;", 1),
        ("proxy_pass http://app:80; proxy_ssl_certificate c.pem;", 1),
        ("proxy_pass http://app:80; proxy_ssl_verify off;", 0),
        ("proxy_pass https://app; proxy_ssl_verify on;", 0),
        ("proxy_pass $target; proxy_ssl_verify on;", 0),
        ("grpc_pass app:50051; grpc_ssl_verify on;", 1),
        ("grpc_pass app:50051; proxy_ssl_verify on;", 0),
        ("set $s http; proxy_pass $s://app:80; proxy_ssl_verify on;", 1),
    ],
)
def test_settings_for_tls_beside_a_plaintext_pass(location: str, count: int) -> None:
    made = found(f"http {{ server {{ listen 443 ssl; {TLS} location / {{ {location} }} }} }}")
    assert [each.kind for each in made] == ["ignored"] * count


def test_stream_needs_its_switch() -> None:
    text = "stream {{ server {{ listen 1; proxy_pass db:2; proxy_ssl_verify on; {} }} }}"
    assert len(found(text.format(""))) == 1
    assert not found(text.format("proxy_ssl on;"))


def test_what_a_snippet_sets_for_others_too_is_not_idle() -> None:
    files = {
        "nginx.conf": "http { server { listen 80; include tls.conf; root /a; } }",
        "tls.conf": f"{CA} ssl_verify_client on;",
    }
    assert not resolve(files).misuses
