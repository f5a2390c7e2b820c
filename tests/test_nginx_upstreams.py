"""nginx: where a `*_pass` leads, and how it is secured on the way."""

from __future__ import annotations

import pytest
from mtlslint.model import Address, Endpoint, Origin
from nginx_project import TLS, clients, resolve, setting, text_at, values


def hop(location: str, level: str = "") -> Endpoint:
    """Return the one hop of a whole configuration."""
    text = f"http {{ {level} server {{ listen 443 ssl; {TLS} location / {{ {location} }} }} }}"
    (client,) = clients(resolve({"nginx.conf": text}))
    return client


BLOCKS = """
    upstream near { server unix:/run/a.sock; server 127.0.0.1:81 backup; }
    upstream far { server 127.0.0.1:81; server app:82; }
    upstream vague { server {{ host }}:80; }
    upstream empty { include servers.conf; }
"""


@pytest.mark.parametrize(
    ("location", "transport", "reach"),
    [
        ("proxy_pass http://app:3000;", "plaintext", "network"),
        ("proxy_pass http://app;", "plaintext", "network"),
        ("proxy_pass HTTPS://app/x;", "tls", "network"),
        ("proxy_pass http://127.0.0.1:3000/;", "plaintext", "local"),
        ("proxy_pass http://[::1]:3000;", "plaintext", "local"),
        ("proxy_pass http://localhost;", "plaintext", "local"),
        ("proxy_pass http://unix:/run/a.sock:/;", "plaintext", "local"),
        ("proxy_pass http://near;", "plaintext", "local"),
        ("proxy_pass https://far/x;", "tls", "network"),
        ("proxy_pass http://vague;", "plaintext", None),
        ("proxy_pass http://empty;", "plaintext", None),
        ("proxy_pass $scheme://app;", "tls", "network"),
        ("proxy_pass ${scheme}://app:81;", "tls", "network"),
        ("proxy_pass $schemes://app;", None, None),
        ("proxy_pass http://host.docker.internal:3000;", "plaintext", "local"),
        ("proxy_pass http://$host;", "plaintext", None),
        ("proxy_pass http://127.0.0.1:$port;", "plaintext", "local"),
        ("proxy_pass http://${APP_HOST}:80;", "plaintext", None),
        ("proxy_pass http://__APP__:80;", "plaintext", None),
        ("proxy_pass http://app.{{ namespace }};", "plaintext", "network"),
        ("proxy_pass http://{{ app }}.svc.local;", "plaintext", "network"),
        ("proxy_pass http://{{ app }}-api:80;", "plaintext", "network"),
        ("proxy_pass http://{{ app }}-api;", "plaintext", None),
        ("proxy_pass http://{{ host }}.{{ domain }};", "plaintext", None),
        ("proxy_pass http://{{ sub }}.localhost:80;", "plaintext", None),
        ("proxy_pass http://local{{ rest }}:80;", "plaintext", None),
        ("proxy_pass http://$tenant.internal;", "plaintext", "network"),
        ("proxy_pass {{ url }};", None, None),
        ("set $up http://app:1; proxy_pass $up;", "plaintext", "network"),
        ("set $h near; proxy_pass http://$h;", "plaintext", "local"),
        ("grpc_pass app:50051;", "plaintext", "network"),
        ("grpc_pass grpcs://app:50051;", "tls", "network"),
        ("uwsgi_pass suwsgi://app:1;", "tls", "network"),
        ("fastcgi_pass unix:/run/php.sock;", "plaintext", "local"),
        ("fastcgi_pass php:9000;", "plaintext", "network"),
        ("fastcgi_pass elsewhere;", "plaintext", None),
    ],
)
def test_where_it_leads(location: str, transport: str | None, reach: str | None) -> None:
    client = hop(location, BLOCKS)
    assert values(client, "transport") == {transport}
    assert values(client, "reach") == {reach}


@pytest.mark.parametrize(
    ("listens", "transport"),
    [("listen 80;", "plaintext"), ("listen 80; listen 443 ssl;", None)],
)
def test_the_scheme_of_a_request_is_that_of_its_way_in(listens: str, transport: str | None) -> None:
    text = f"http {{ server {{ {listens} location / {{ proxy_pass $scheme://app:81; }} }} }}"
    (client,) = clients(resolve({"nginx.conf": text}))
    assert values(client, "transport") == {transport}


@pytest.mark.parametrize("path", ["$request_uri", "${request_uri}", "$uri", "/x$is_args$args"])
def test_a_path_that_a_variable_holds_ends_the_port(path: str) -> None:
    for location in (
        f"proxy_pass http://app:81{path};",
        f"set $b http://app:81; proxy_pass $b{path};",
    ):
        assert hop(location).address == Address("app", 81)


def test_a_map_may_lead_to_several_places() -> None:
    level = "map $host $up { default http://127.0.0.1:1; b.example https://app:2; }"
    client = hop("proxy_pass $up;", level)
    states = {(state["transport"].value, state["reach"].value) for state in client.states}
    assert states == {("plaintext", "local"), ("tls", "network")}


def test_an_upstream_may_stand_behind_its_use_or_be_out_of_sight() -> None:
    after = (
        "server { listen 80; location / { proxy_pass http://app; } } upstream app { server a:1; }"
    )
    assert values(clients(resolve(after))[0], "reach") == {"network"}
    alone = "server { listen 80; location / { proxy_pass http://app; } }"
    assert values(clients(resolve(alone))[0], "reach") == {None}


@pytest.mark.parametrize(
    ("lines", "chain", "origin", "at"),
    [
        ("", "unverified", Origin.DEFAULT, "proxy_pass https://app"),
        ("proxy_ssl_verify off;", "unverified", Origin.EXPLICIT, "proxy_ssl_verify off"),
        ("proxy_ssl_verify on;", "verified", Origin.EXPLICIT, "proxy_ssl_verify on"),
        (
            "proxy_ssl_trusted_certificate ca;",
            "unverified",
            Origin.DEFAULT,
            "proxy_pass https://app",
        ),
        ("grpc_ssl_verify on;", "unverified", Origin.DEFAULT, "proxy_pass https://app"),
        ("proxy_ssl_verify ${V};", None, Origin.EXPLICIT, "proxy_ssl_verify ${V}"),
        ("include proxy.conf;", None, Origin.DEFAULT, "proxy_pass https://app"),
    ],
)
def test_verification(lines: str, chain: str | None, origin: Origin, at: str) -> None:
    text = f"http {{ server {{ location / {{ {lines} proxy_pass https://app; }} }} }}"
    files = {"nginx.conf": text}
    (client,) = clients(resolve(files))
    made = setting(client, "peer_chain")
    assert (made.value, made.origin, text_at(files, made)) == (chain, origin, at)
    assert setting(client, "peer_name").value == chain


def test_the_innermost_level_wins() -> None:
    level = "proxy_ssl_verify off; proxy_ssl_certificate c.pem;"
    client = hop("proxy_pass https://app; proxy_ssl_verify on;", level)
    assert setting(client, "peer_chain").value == "verified"
    assert setting(client, "client_certificate").value == "presented"
    assert setting(hop("proxy_pass https://app;", level), "peer_chain").origin is Origin.INHERITED


def test_upstream_protocols_count_only_when_set() -> None:
    assert setting(hop("proxy_pass https://app;"), "min_version").value is None
    old = hop("proxy_pass https://app; proxy_ssl_protocols TLSv1.1 TLSv1.2;")
    assert setting(old, "min_version").value == "TLSv1.1"


def test_routes_join_each_way_in_to_each_hop() -> None:
    text = f"""http {{ server {{ listen 80; listen 443 ssl; {TLS}
        location /a {{ proxy_pass http://a; }}
        location /b {{ if ($x) {{ proxy_pass http://b; }}
            location /b/c {{ proxy_pass http://c; }} }}
        location /d {{ return 404; proxy_pass http://d; }} }} }}"""
    document = resolve({"nginx.conf": text})
    names = {each.id: each.name for each in document.endpoints}
    found = {(names[each.server][-3:], names[each.client][-8:]) for each in document.routes}
    hops = {"http://a", "http://b", "http://c"}
    assert found == {(listen, target) for listen in (" 80", "443") for target in hops}


@pytest.mark.parametrize(
    ("server", "transport"),
    [
        ("listen 1 ssl; proxy_pass db:5432;", "plaintext"),
        ("listen 1 ssl; proxy_ssl on; proxy_pass db:5432;", "tls"),
        ("listen 1; proxy_ssl on; proxy_pass db:5432;", "tls"),
        ("listen 1; proxy_pass db:5432;", None),
        ("listen 1; ssl_preread on; proxy_pass db:5432;", None),
    ],
)
def test_stream(server: str, transport: str | None) -> None:
    text = f"stream {{ server {{ {server} ssl_certificate c; }} }}"
    (client,) = clients(resolve({"nginx.conf": text}))
    assert values(client, "transport") == {transport}
    assert values(client, "reach") == {"network"}


@pytest.mark.parametrize(
    ("steps", "hops"),
    [
        ("return 403;", 0),
        ("if ($arg_a) { return 403; } return 404;", 0),
        ("if ($arg_a) { break; } return 403;", 1),
        ("break; return 403;", 1),
        ("rewrite ^/a /b break; return 403;", 1),
    ],
)
def test_a_break_goes_past_the_return_that_would_end_every_request(steps: str, hops: int) -> None:
    text = (
        f"http {{ server {{ listen 443 ssl; {TLS} location / {{ {steps} "
        "proxy_pass http://app:3000; } } }"
    )
    assert len(clients(resolve({"nginx.conf": text}))) == hops
