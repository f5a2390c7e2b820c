"""nginx: what a client without a certificate meets in the end, and side doors."""

from __future__ import annotations

import pytest
from mtlslint.twins import twins
from nginx_project import MUTUAL, auth, resolve, servers, setting, text_at

PASS = "location / { proxy_pass http://127.0.0.1:1; }"
GUARD = "if ($ssl_client_verify != SUCCESS) { return 403; }"


@pytest.mark.parametrize(
    "guard",
    [
        GUARD,
        'if ($ssl_client_verify != "SUCCESS") { return 444; }',
        "if ( $ssl_client_verify != SUCCESS ) { return 301 https://help; }",
        "if ($ssl_client_verify !~ ^SUCCESS$) { return 403; }",
        "if ($ssl_client_verify = NONE) { return 403; }",
        "if ($ssl_client_verify) { return 403; }",
        "if ($ssl_client_verify != success) { return 403; }",
        'if ($ssl_client_s_dn = "") { return 403; }',
        "if ($ssl_client_s_dn !~ CN=robot) { return 403; }",
        f"rewrite ^/a$ /b; {GUARD}",
        "set $no 0; if ($ssl_client_verify != SUCCESS) { set $no 1; } if ($no = 1) { return 403; }",
        "if ($ssl_client_verify = SUCCESS) { set $ok 1; } if ($ok != 1) { return 403; }",
    ],
)
def test_guards_that_refuse(guard: str) -> None:
    mode = "ssl_verify_client optional;"
    assert auth(f"{mode} {guard} {PASS}") == "required"
    assert auth(f"{mode} {PASS} {guard}") == "required"
    whole = PASS.replace("{ ", f"{{ {guard} ", 1)
    assert auth(f"{mode} {whole}") == "required"


@pytest.mark.parametrize(
    "guard",
    [
        "if ($ssl_client_verify != SUCCESS) { set $x 1; }",
        "if ($ssl_client_verify != SUCCESS) { break; }",
        "if ($ssl_client_verify = SUCCESS) { return 403; }",
        "if ($ssl_client_verify = FAILED) { return 403; }",
        f"break; {GUARD}",
        f"rewrite ^ /x last; {GUARD}",
        f"rewrite ^/open /x break; {GUARD}",
        f"if ($http_x) {{ break; }} {GUARD}",
        "proxy_set_header X-Verify $ssl_client_verify;",
        'add_header X "$ssl_client_verify";',
    ],
)
def test_guards_that_do_not(guard: str) -> None:
    assert auth(f"ssl_verify_client optional; {guard} {PASS}") == "optional"


@pytest.mark.parametrize(
    ("locations", "value"),
    [
        (f"location / {{ {GUARD} root /srv; }} location /b {{ root /srv; }}", "optional"),
        (f"location / {{ {GUARD} root /s; location /in {{ proxy_pass http://a; }} }}", "optional"),
        (
            f"location / {{ {GUARD} root /srv; }} location = /health {{ return 200 ok; }}",
            "required",
        ),
        (f"location / {{ {GUARD} root /srv; }} location /old {{ return 301 /; }}", "required"),
        (f"location / {{ {GUARD} root /srv; }} location /x {{ deny all; root /s; }}", "required"),
        (
            f"location / {{ {GUARD} try_files $uri @a; }} location @a {{ proxy_pass http://a; }}",
            "required",
        ),
        (f"location / {{ {GUARD} root /s; }} location /i {{ internal; root /s; }}", "required"),
        ("location /.well-known/acme-challenge/ { root /s; } location / { return 403; }", None),
        ("auth_request /a; location / { proxy_pass http://a; }", None),
        ("location / { access_by_lua_block { check() } proxy_pass http://a; }", None),
        ("location / { satisfy any; auth_basic a; deny all; root /s; }", "optional"),
        ("js_access auth.check; location / { proxy_pass http://a; }", None),
        ("include guards.conf; location / { proxy_pass http://a; }", None),
    ],
)
def test_every_location_counts(locations: str, value: str | None) -> None:
    assert auth(f"ssl_verify_client optional; {locations}") == value


@pytest.mark.parametrize(
    ("entries", "value"),
    [
        ("default 1; SUCCESS 0;", "required"),
        ('default 1; SUCCESS "";', "required"),
        ("NONE 1;", "required"),
        ("~^(NONE|FAILED) 1;", "required"),
        ("default 0; FAILED 1;", "optional"),
        ("include more; default 0;", None),
    ],
)
def test_maps_decide(entries: str, value: str | None) -> None:
    text = f"""map $ssl_client_verify $deny {{ {entries} }}
    server {{ listen 443 ssl; {MUTUAL} ssl_verify_client optional;
        if ($deny) {{ return 403; }} {PASS} }}"""
    assert setting(servers(resolve(text))[0], "client_auth").value == value


@pytest.mark.parametrize(
    ("guard", "requires", "chain"),
    [
        (GUARD, "required", "verified"),
        ("if ($ssl_client_verify = NONE) { return 403; }", "required", "unverified"),
        ("", "optional", "unverified"),
    ],
)
def test_optional_no_ca_needs_a_guard_for_bad_certificates_too(
    guard: str, requires: str, chain: str
) -> None:
    text = f"server {{ listen 443 ssl; {MUTUAL} ssl_verify_client optional_no_ca; {guard} {PASS} }}"
    (server,) = servers(resolve(text))
    assert setting(server, "client_auth").value == requires
    assert setting(server, "client_chain").value == chain


def test_an_exempted_path_counts_by_what_it_serves() -> None:
    flags = """set $no 0; if ($ssl_client_verify != SUCCESS) { set $no 1; }
        if ($uri = /up) { set $no 0; } if ($no) { return 403; }"""
    fixed = f"{flags} location = /up {{ return 200 ok; }} {PASS}"
    assert auth(f"ssl_verify_client optional; {fixed}") == "required"
    served = f"{flags} location = /up {{ proxy_pass http://b; }} {PASS}"
    assert auth(f"ssl_verify_client optional; {served}") == "optional"


def test_the_verdict_handed_on_is_named() -> None:
    text = f"""server {{ listen 443 ssl; {MUTUAL} ssl_verify_client optional;
        location / {{ proxy_set_header X-Verify $ssl_client_verify; proxy_pass http://a; }} }}"""
    assert "`X-Verify`" in setting(servers(resolve(text))[0], "client_auth").note


def weak_ends(text: str) -> set[str]:
    """Return the lines of the ends that let in whom the others refuse."""
    document = resolve({"nginx.conf": text})
    by_id = {each.id: each for each in document.endpoints}
    found = set()
    for twin in twins(document.endpoints):
        strict, weak = by_id[twin.strict].states[0], by_id[twin.weak].states[0]
        if strict["client_auth"].value != "required" if "client_auth" in strict else True:
            continue
        plain = "transport" in weak and weak["transport"].value == "plaintext"
        none = "client_auth" in weak and weak["client_auth"].value == "none"
        foreign = "client_ca" in weak and weak["client_ca"].value == "foreign"
        if plain or none or foreign:
            head = by_id[twin.weak].head
            found.add(text.encode()[head.start : head.end].decode())
    return found


def both(block: str) -> str:
    return f"""http {{ {MUTUAL} server {{ listen 80; listen 443 ssl; server_name a;
        ssl_verify_client on; {block} }} }}"""


@pytest.mark.parametrize(
    ("block", "weak"),
    [
        (PASS, {"listen 80"}),
        (f"if ($scheme = http) {{ return 301 https://a; }} {PASS}", set()),
        (f'if ($https = "") {{ return 403; }} {PASS}', set()),
        (f"{GUARD} {PASS}", set()),
        (f"if ($ssl_client_verify = NONE) {{ return 403; }} {PASS}", {"listen 80"}),
        (f"if ($server_port = 80) {{ return 301 https://a; }} {PASS}", set()),
        (f"error_page 497 https://a; {PASS}", {"listen 80"}),
        ("location / { return 200 ok; }", set()),
        ("location / { deny all; root /srv; }", set()),
    ],
)
def test_plaintext_beside_mutual_tls(block: str, weak: set[str]) -> None:
    assert weak_ends(both(block)) == weak


@pytest.mark.parametrize(
    ("page", "weak"),
    [
        ("error_page 495 496 = @app;", True),
        ("error_page 496 =200 /guest/;", True),
        ("error_page 495 496 /certificate.html;", False),
        ("error_page 495 496 = @no;", False),
        ("error_page 496 https://help;", False),
        ("error_page 400 = @app;", False),
        # A redirect inside goes through the server's own conditions once more.
        ("error_page 496 =200 /guest/; if ($uri ~ ^/guest) { return 403; }", False),
        ("error_page 496 =200 /guest/; if ($uri ~ ^/else) { return 403; }", True),
    ],
)
def test_error_pages_may_open_a_side_door(page: str, weak: bool) -> None:
    text = f"""http {{ server {{ listen 443 ssl; {MUTUAL} ssl_verify_client on; {page} {PASS}
        location /guest/ {{ proxy_pass http://g; }} location @no {{ return 403; }}
        location @app {{ proxy_pass http://127.0.0.1:1; }} }} }}"""
    assert weak_ends(text) == ({page.partition(";")[0]} if weak else set())


def test_another_server_of_the_name_is_a_twin_and_another_name_isnt() -> None:
    second = "server { listen 8443 ssl; server_name NAME; " + PASS + " }"
    first = f"""server {{ listen 443 ssl; server_name a; {MUTUAL} ssl_verify_client on; {PASS} }}
        server {{ listen 8443 ssl; server_name c; return 444; }}"""
    assert weak_ends(f"http {{ {first} {second.replace('NAME', 'a')} }}") == {"listen 8443 ssl"}
    assert weak_ends(f"http {{ {first} {second.replace('NAME', 'b')} }}") == set()


def test_without_sni_the_default_servers_ca_counts() -> None:
    server = (
        "server {{ listen {p} ssl; server_name {n}; ssl_certificate c; ssl_verify_client on; "
        "ssl_client_certificate {ca}; location / {{ proxy_pass http://127.0.0.1:1; }} }}"
    )
    first = server.format(p="443", n="a", ca="a.pem")
    assert weak_ends(f"http {{ {first} {server.format(p='443', n='b', ca='b.pem')} }}") == {
        "listen 443 ssl"
    }
    assert weak_ends(f"http {{ {first} {server.format(p='443', n='b', ca='a.pem')} }}") == set()
    assert weak_ends(f"http {{ {first} {server.format(p='444', n='b', ca='b.pem')} }}") == set()
    guarded = server.format(p="443", n="b", ca="b.pem").replace("client on", "client optional")
    guarded = guarded.replace("location", f"{GUARD} location")
    assert weak_ends(f"http {{ {first} {guarded} }}") == {"listen 443 ssl"}


@pytest.mark.parametrize(
    ("rules", "value"),
    [
        ("deny all;", None),
        ("allow 127.0.0.1; deny all;", None),
        ("deny all; allow 10.0.0.0/8;", None),
        ("allow 10.0.0.0/8; deny all;", "optional"),
        ("allow all; deny all;", "optional"),
        ("satisfy any; deny all;", None),
        ("satisfy any; deny all; auth_basic closed;", "optional"),
        ("satisfy any; deny all; auth_basic off;", None),
    ],
)
def test_the_first_rule_about_addresses_counts(rules: str, value: str | None) -> None:
    location = f"location / {{ {rules} proxy_pass http://127.0.0.1:1; }}"
    assert auth(f"ssl_verify_client optional; {location}") == value


def test_break_in_a_rewrite_leads_to_the_location_of_the_new_path() -> None:
    closed = f"location /in/ {{ {GUARD} root /srv; }} location / {{ return 404; }}"
    assert auth(f"ssl_verify_client optional; rewrite ^ /in/a break; {closed}") == "required"
    opened = f"location /in/ {{ root /srv; }} location / {{ {GUARD} root /srv; }}"
    assert auth(f"ssl_verify_client optional; rewrite ^ /in/a break; {opened}") == "optional"
    stays = "location /app { rewrite ^ /index.php break; root /srv; } location / { return 404; }"
    assert auth(f"ssl_verify_client optional; {stays}") == "optional"


def test_the_guard_is_named() -> None:
    text = f"server {{ listen 443 ssl; {MUTUAL} ssl_verify_client optional; {GUARD} {PASS} }}"
    made = setting(servers(resolve(text))[0], "client_auth")
    assert text_at(text, made) == "ssl_verify_client optional"
    assert [text[span.start : span.end] for span in made.via] == [GUARD.partition(" {")[0]]
