"""nginx: what a way in speaks, asks for and falls back to."""

from __future__ import annotations

import pytest
from mtlslint.model import Endpoint, Origin
from nginx_project import MUTUAL, TLS, auth, resolve, servers, setting, text_at


def one(text: str, version: tuple[int, ...] | None = None) -> Endpoint:
    (server,) = servers(resolve(text, version))
    return server


@pytest.mark.parametrize(
    ("listen", "transport", "reach"),
    [
        ("listen 443 ssl http2;", "tls", "network"),
        ("listen [::]:443 ssl;", "tls", "network"),
        ("listen 443; ssl on;", "tls", "network"),
        ("listen 80;", "plaintext", "network"),
        ("", "plaintext", "network"),
        ("listen 127.0.0.1:8443 ssl;", "tls", "local"),
        ("listen unix:/run/a.sock ssl;", "tls", "local"),
        ("listen localhost:80;", "plaintext", "local"),
        ("listen 443 quic;", "tls", "network"),
        ("listen ${PORT} ssl;", "tls", "network"),
        ("listen 443 ${MODE};", None, "network"),
        ("listen ${LISTEN_ADDRESS} ssl;", "tls", None),
    ],
)
def test_listen(listen: str, transport: str | None, reach: str | None) -> None:
    server = one(f"server {{ server_name a; {listen} root /srv; }}")
    assert setting(server, "transport").value == transport
    assert setting(server, "reach").value == reach


def test_ssl_belongs_to_the_socket() -> None:
    text = "http { server { listen 443 ssl; } server { listen *:443; } server { listen 8443; } }"
    made = [setting(each, "transport").value for each in servers(resolve({"nginx.conf": text}))]
    assert made == ["tls", "tls", "plaintext"]


@pytest.mark.parametrize(
    ("block", "value"),
    [
        ("ssl_verify_client on; location / { proxy_pass http://127.0.0.1; }", "required"),
        ("ssl_verify_client ON; root /srv;", "required"),
        ("ssl_verify_client optional; root /srv;", "optional"),
        ("ssl_verify_client off; root /srv;", "none"),
        ("root /srv;", "none"),
        ("", "none"),
        ("ssl_verify_client ${MODE}; root /srv;", None),
        ("ssl_conf_command VerifyMode Require; root /srv;", "required"),
        ("location / { return 301 https://b$request_uri; }", None),
    ],
)
def test_modes(block: str, value: str | None) -> None:
    assert auth(block) == value


def test_a_ca_that_nothing_checks_against_is_meant() -> None:
    text = f"server {{ listen 443 ssl; {MUTUAL} root /srv; }}"
    made = setting(one(text), "client_auth")
    assert text_at(text, made) == "ssl_client_certificate ca.pem"
    assert setting(one(text), "client_auth_intent").value == "asked"
    stapling = f"server {{ listen 443 ssl; {TLS} ssl_trusted_certificate ca.pem; root /srv; }}"
    assert setting(one(stapling), "client_auth_intent").value == "none"


def test_a_ca_of_the_outer_level_that_one_server_uses_isnt_idle_in_the_other() -> None:
    text = f"""http {{ {MUTUAL}
        server {{ listen 443 ssl; server_name a; ssl_verify_client on; root /srv/a; }}
        server {{ listen 443 ssl; server_name b; root /srv/b; }} }}"""
    made = servers(resolve({"nginx.conf": text}))
    assert [setting(each, "client_auth_intent").value for each in made] == ["asked", "none"]


@pytest.mark.parametrize(
    ("lines", "low", "origin"),
    [
        ("ssl_protocols TLSv1.2 TLSv1.3;", "TLSv1.2", Origin.EXPLICIT),
        ("ssl_protocols tlsv1.3;", "TLSv1.3", Origin.EXPLICIT),
        ("ssl_protocols TLSv1.2; ssl_protocols TLSv1.1;", "TLSv1.1", Origin.EXPLICIT),
        ("", "TLSv1", Origin.DEFAULT),
        ("ssl_conf_command MinProtocol TLSv1.2;", "TLSv1.2", Origin.EXPLICIT),
        ("ssl_protocols TLSv1; ssl_conf_command MinProtocol TLSv1.2;", "TLSv1.2", Origin.EXPLICIT),
        ("ssl_protocols TLSv1.2; ssl_conf_command Protocol ALL;", "TLSv1", Origin.EXPLICIT),
        ("ssl_protocols TLSv1.3; ssl_conf_command MinProtocol TLSv1;", "TLSv1.3", Origin.EXPLICIT),
        ("ssl_protocols ${PROTOCOLS};", None, Origin.EXPLICIT),
        ("ssl_protocols TLSv1 ${MORE};", "TLSv1", Origin.EXPLICIT),
        ("ssl_protocols TLSv1.2 ${MORE};", None, Origin.EXPLICIT),
    ],
)
def test_lowest_version(lines: str, low: str | None, origin: Origin) -> None:
    made = setting(one(f"server {{ listen 443 ssl; {lines} root /srv; }}"), "min_version")
    assert (made.value, made.origin) == (low, origin)


@pytest.mark.parametrize(
    ("version", "low"),
    [((1, 18), "TLSv1"), ((1, 27, 2), "TLSv1"), ((1, 27, 3), "TLSv1.2"), ((1, 0, 5), "SSLv3")],
)
def test_the_default_version_is_that_of_the_target(version: tuple[int, ...], low: str) -> None:
    text = "server { listen 443 ssl; root /srv; }"
    made = setting(one(text, version), "min_version")
    assert (made.value, text_at(text, made)) == (low, "listen 443 ssl")


PAIR = """http {
    server { listen 443 ssl; server_name a; ssl_protocols TLSv1 TLSv1.2; root /a; }
    server { listen 443 ssl; server_name b; ssl_protocols TLSv1.2; root /b; }
}"""


@pytest.mark.parametrize(
    ("version", "line"),
    [(None, "TLSv1 TLSv1.2"), ((1, 18), "TLSv1 TLSv1.2"), ((1, 29, 2), "TLSv1.2")],
)
def test_the_default_server_decides_the_version_for_its_socket(
    version: tuple[int, ...] | None, line: str
) -> None:
    files = {"nginx.conf": PAIR}
    made = setting(servers(resolve(files, version))[1], "min_version")
    assert text_at(files, made) == f"ssl_protocols {line}"


def test_levels_replace_each_other_and_lists_do_too() -> None:
    text = """http { ssl_conf_command MinProtocol TLSv1.2; ssl_protocols TLSv1 TLSv1.3;
        server { listen 443 ssl; ssl_conf_command Options NoTicket; } }"""
    (server,) = servers(resolve({"nginx.conf": text}))
    made = setting(server, "min_version")
    assert (made.value, made.origin) == ("TLSv1", Origin.INHERITED)


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("ssl_client_certificate /etc/nginx/ca.pem;", "private"),
        ("ssl_client_certificate /etc/ssl/certs/ca-certificates.crt;", "public"),
        ("ssl_client_certificate a.pem; ssl_trusted_certificate /etc/ssl/cert.pem;", "public"),
        ("ssl_client_certificate {{ ca }};", None),
        ("", "none"),
    ],
)
def test_whose_certificates_count(lines: str, value: str | None) -> None:
    text = f"server {{ listen 443 ssl; {TLS} ssl_verify_client on; {lines} root /srv; }}"
    assert setting(one(text), "client_ca").value == value


def test_revocation_depth_and_early_data() -> None:
    more = "ssl_verify_client on; ssl_crl crl.pem; ssl_verify_depth 3; ssl_early_data on;"
    more += "ssl_protocols TLSv1.3;"
    server = one(f"server {{ listen 443 ssl; {MUTUAL} {more} root /srv; }}")
    assert setting(server, "revocation").value == "crl"
    assert setting(server, "verify_depth").value == 3
    assert setting(server, "early_data").value == "on"


def test_stream_and_mail() -> None:
    text = f"""
    stream {{
        server {{ listen 1 ssl; {MUTUAL} ssl_verify_client on; proxy_pass db:5432; }}
        server {{ listen 2; ssl_preread on; proxy_pass db:5432; }}
    }}
    mail {{
        server {{ listen 3; protocol imap; starttls on; {TLS} }}
        server {{ listen 4 ssl; protocol imap; {TLS} }}
    }}"""
    found = servers(resolve({"nginx.conf": text}))
    made = [setting(each, "transport").value for each in found]
    assert made == ["tls", None, "either", "tls"]
    assert setting(found[0], "client_auth").value == "required"


def test_names_and_identities() -> None:
    document = resolve({"d/edge.conf": f"server {{ listen 443 ssl; server_name api.x; {TLS} }}"})
    (server,) = servers(document)
    assert server.name == "edge.conf: server api.x, listen 443"
    again = resolve({"d/edge.conf": f"\n\nserver {{ listen 443 ssl; server_name api.x; {TLS} }}"})
    assert servers(again)[0].id == server.id
