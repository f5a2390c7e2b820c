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
        ("ssl_reject_handshake on;", None),
    ],
)
def test_modes(block: str, value: str | None) -> None:
    assert auth(block) == value


def test_a_ca_that_nothing_checks_against_is_meant() -> None:
    text = f"server {{ listen 443 ssl; {MUTUAL} root /srv; }}"
    made = setting(one(text), "client_auth")
    assert text_at(text, made) == "ssl_client_certificate ca.pem"
    assert setting(one(text), "client_auth_intent").value == "asked"
    revoked = f"server {{ listen 443 ssl; {TLS} ssl_crl crl.pem; root /srv; }}"
    assert text_at(revoked, setting(one(revoked), "client_auth")) == "ssl_crl crl.pem"
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


SOCKET = """http {{ {tls} {level}
    server {{ listen 443 ssl; server_name a; {first} root /a; }}
    server {{ listen 443 ssl; server_name b; ssl_client_certificate b.pem;
        ssl_verify_client on; {second} root /b; }} }}"""
OTHER = "ssl_client_certificate a.pem; ssl_verify_client on;"


@pytest.mark.parametrize(
    ("version", "level", "first", "second", "value"),
    [
        ((1, 25, 3), "", OTHER, "", "shared"),
        ((1, 26, 2), "", OTHER, "", "shared"),
        ((1, 27, 3), "", OTHER, "", "shared"),
        ((1, 26, 3), "", OTHER, "", None),
        ((1, 27, 4), "", OTHER, "", None),
        ((1, 12), "", OTHER, "", None),
        (None, "", OTHER, "", None),
        ((1, 25, 3), "", OTHER.replace("a.pem", "b.pem"), "", None),
        ((1, 25, 3), "", "", "", None),
        ((1, 25, 3), "ssl_session_tickets off;", OTHER, "", None),
        (
            (1, 25, 3),
            "ssl_session_tickets off; ssl_session_cache shared:a:1m;",
            OTHER,
            "",
            "shared",
        ),
        ((1, 25, 3), "", f"{OTHER} ssl_session_tickets off;", "", None),
        ((1, 25, 3), "", OTHER, "ssl_session_tickets off;", "shared"),
        ((1, 25, 3), "", f"{OTHER} ssl_protocols TLSv1.2;", "", None),
        ((1, 22), "", OTHER, "", "shared"),
    ],
)
def test_sessions_of_a_neighbour_with_another_ca(
    version: tuple[int, ...] | None, level: str, first: str, second: str, value: str | None
) -> None:
    tls = "ssl_certificate c; ssl_certificate_key k; ssl_protocols TLSv1.2 TLSv1.3;"
    text = SOCKET.format(tls=tls, level=level, first=first, second=second)
    found = servers(resolve({"nginx.conf": text}, version))
    server = next(each for each in found if each.name.endswith("server b, listen 443"))
    assert (server.states[0].get("resumption") is not None) == (value is not None)


def test_tls_1_3_by_default_came_later_than_sessions() -> None:
    text = SOCKET.format(tls="ssl_certificate c;", level="", first=OTHER, second="")
    old, new = (servers(resolve({"nginx.conf": text}, (1, minor))) for minor in (22, 25))
    assert "resumption" not in old[1].states[0]
    assert setting(new[1], "resumption").value == "shared"


@pytest.mark.parametrize(
    ("http", "server", "value"),
    [
        ("", "", "unlogged"),
        ("access_log /a.log;", "", "unlogged"),
        ("access_log off;", "", "unlogged"),
        ("log_format who '$remote_addr $ssl_client_s_dn'; access_log /a who;", "", "logged"),
        ("log_format who '$ssl_client_serial';", "access_log /a who if=$x;", "logged"),
        ("log_format who '$ssl_client_serial'; access_log /a who;", "access_log /b;", "unlogged"),
        ("log_format when '$time_local $ssl_client_verify';", "access_log /a when;", "unlogged"),
        (
            "map $ssl_client_s_dn $cn { default x; } log_format who '$cn';",
            "access_log /a who;",
            "logged",
        ),
        ("log_format who '$ssl_client_s_dn';", "location /a { access_log /a who; }", "logged"),
        ("", "access_log /a elsewhere;", None),
        ("", "access_log {{ log }} {{ format }};", None),
        ("", "log_by_lua_file log.lua;", None),
    ],
)
def test_whether_a_log_names_the_client(http: str, server: str, value: str | None) -> None:
    text = f"http {{ {http} server {{ listen 443 ssl; {MUTUAL} ssl_verify_client on; {server} }} }}"
    (found,) = servers(resolve({"nginx.conf": text}))
    assert setting(found, "identity_log").value == value


def test_without_an_http_level_the_log_may_be_set_there() -> None:
    server = one(f"server {{ listen 443 ssl; {MUTUAL} ssl_verify_client on; root /a; }}")
    assert setting(server, "identity_log").value is None
