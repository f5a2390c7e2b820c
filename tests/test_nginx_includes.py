"""nginx: which file an include means, and which files are configurations."""

from __future__ import annotations

import pytest
from mtlslint.facts import Paths
from mtlslint.parsers import nginx
from nginx_project import MUTUAL, TLS, clients, resolve, servers, setting, text_at, values

NAMES = (
    "docker/nginx/nginx.conf",
    "docker/nginx/conf.d/a.conf",
    "docker/nginx/conf.d/b.conf.j2",
    "docker/nginx/conf.d/.hidden.conf",
    "docker/nginx/snippets/tls.conf",
    "other/snippets/tls.conf",
    "other/etc/collectd/conf.d/disk.conf",
    "roles/edge/templates/fastly_params.jinja",
    "roles/edge/files/sites-available/edge",
)


@pytest.mark.parametrize(
    ("reference", "path", "found"),
    [
        (
            "/etc/nginx/snippets/tls.conf",
            "docker/nginx/nginx.conf",
            [NAMES[4]],
        ),
        ("snippets/tls.conf", "docker/nginx/conf.d/a.conf", ["docker/nginx/snippets/tls.conf"]),
        ("/etc/nginx/snippets/tls.conf", "other/x.conf", ["other/snippets/tls.conf"]),
        ("fastly_params", "docker/x.conf", ["roles/edge/templates/fastly_params.jinja"]),
        (
            "/etc/nginx/conf.d/*.conf",
            "docker/nginx/nginx.conf",
            ["docker/nginx/conf.d/a.conf", "docker/nginx/conf.d/b.conf.j2"],
        ),
        ("/etc/nginx/sites-enabled/*", "nginx.conf", ["roles/edge/files/sites-available/edge"]),
        ("/etc/nginx/none.conf", "docker/nginx/nginx.conf", []),
        ("{{ dir }}/tls.conf", "docker/nginx/nginx.conf", []),
        ("../../../etc/passwd", "docker/nginx/nginx.conf", []),
    ],
)
def test_includes_are_found_by_their_installed_path(
    reference: str, path: str, found: list[str]
) -> None:
    assert list(nginx.locate(reference, path, Paths(tuple(sorted(NAMES))))) == found


def test_mode_ca_and_guard_may_come_from_nested_includes() -> None:
    files = {
        "nginx.conf": f"http {{ server {{ listen 443 ssl; {TLS} include inc/auth.conf;"
        " location / { proxy_pass http://127.0.0.1:1; } } }",
        "inc/auth.conf": "ssl_client_certificate ca.pem; include inc/mode.conf; include inc/guard;",
        "inc/mode.conf": "ssl_verify_client optional;",
        "inc/guard": "if ($ssl_client_verify != SUCCESS) { return 403; }",
    }
    (server,) = servers(resolve(files))
    made = setting(server, "client_auth")
    assert made.value == "required"
    assert text_at(files, made) == "ssl_verify_client optional"
    assert {span.path for span in made.via} == {"nginx.conf", "inc/auth.conf", "inc/guard"}


def test_a_missing_include_makes_unknown_what_it_could_set() -> None:
    base = "http {{ ssl_protocols TLSv1; server {{ listen 443 ssl; {} }} }}"
    (server,) = servers(resolve({"nginx.conf": base.format("include tls.conf;")}))
    assert setting(server, "min_version").value is None
    assert "tls.conf" in setting(server, "min_version").note
    own = base.format("include tls.conf; ssl_protocols TLSv1.1;")
    (server,) = servers(resolve({"nginx.conf": own}))
    assert setting(server, "min_version").value == "TLSv1.1"
    (server,) = servers(resolve({"nginx.conf": base.format("include /etc/nginx/fastcgi_params;")}))
    assert setting(server, "min_version").value == "TLSv1"


def test_files_of_one_folder_share_sockets_and_others_do_not() -> None:
    one, two = "server { listen 443 ssl; }", f"server {{ listen 443; server_name b; {TLS} }}"
    together = resolve({"conf.d/a.conf": one, "conf.d/b.conf": two})
    assert [setting(each, "transport").value for each in servers(together)] == ["tls", "tls"]
    apart = resolve({"a/x.conf": one, "b/y.conf": two})
    assert [setting(each, "transport").value for each in servers(apart)] == ["tls", None]


def test_a_snippet_is_judged_only_where_it_is_included() -> None:
    assert resolve({"snippets/tls.conf": "ssl_protocols TLSv1;"}).endpoints == ()
    location = "location / { proxy_pass http://app:1; }"
    assert resolve({"locations.conf": location}).endpoints == ()


def test_loops_end() -> None:
    files = {"nginx.conf": "http { include a.conf; }", "a.conf": "include a.conf; include b.conf;"}
    files["b.conf"] = "include a.conf; server { listen 80; }"
    assert len(servers(resolve(files))) == 1


def test_an_upstream_may_stand_in_another_file() -> None:
    files = {
        "conf.d/site.conf": "server { listen 443 ssl; location / { proxy_pass http://app; } }",
        "conf.d/upstreams.conf": "upstream app { server unix:/run/app.sock; }",
    }
    assert values(clients(resolve(files))[0], "reach") == {"local"}


def test_servers_of_a_main_file_inherit_from_it() -> None:
    files = {
        "nginx/nginx.conf": "http { ssl_verify_client on; include /etc/nginx/sites-enabled/*; }",
        "nginx/sites-available/a": f"server {{ listen 443 ssl; {MUTUAL} }}",
    }
    made = setting(servers(resolve(files))[0], "client_auth")
    assert (made.value, made.origin.value) == ("required", "inherited")


def test_the_only_main_file_is_the_level_of_loose_servers_and_of_several_any_may_be() -> None:
    files = {
        "cook/nginx/nginx.conf": "http { ssl_protocols TLSv1.2; include conf.d/*.conf; }",
        "cook/app/templates/site.conf.erb": "server { listen 443 ssl; }",
    }
    (server,) = servers(resolve(files))
    made = setting(server, "min_version")
    assert (made.value, made.origin.value) == ("TLSv1.2", "inherited")
    files["cook/edge/nginx.conf"] = "http { ssl_protocols TLSv1.3; include conf.d/*.conf; }"
    (server,) = servers(resolve(files))
    assert setting(server, "min_version").value is None


def test_what_a_template_includes_in_its_own_way_is_an_include() -> None:
    files = {
        "roles/edge/templates/nginx/site.conf.j2": """server {
            listen 443 ssl;
            {% include "nginx/tls.j2" %}
            location / { proxy_pass http://127.0.0.1:1; }
        }""",
        "roles/edge/templates/nginx/tls.j2": f"{MUTUAL}\nssl_verify_client on;\n",
    }
    assert setting(servers(resolve(files))[0], "client_auth").value == "required"
    files["roles/edge/templates/nginx/site.conf.j2"] = files[
        "roles/edge/templates/nginx/site.conf.j2"
    ].replace("tls.j2", "gone.j2")
    assert setting(servers(resolve(files))[0], "client_auth").value is None


def test_sites_belong_to_the_nearest_main_file() -> None:
    files = {
        "deploy/old/nginx.conf": "http { ssl_protocols TLSv1; include sites-enabled/*; }",
        "deploy/new/nginx.conf": "http { ssl_protocols TLSv1.2; include sites-enabled/*; }",
        "deploy/new/sites-available/a": "server { listen 443 ssl; server_name a; }",
        "deploy/apps/b/sites-available/b": "server { listen 443 ssl; server_name b; }",
    }
    made = {each.name: setting(each, "min_version").value for each in servers(resolve(files))}
    assert made == {"a: server a, listen 443": "TLSv1.2", "b: server b, listen 443": None}


def test_another_programs_files_in_a_folder_of_the_same_name_are_none() -> None:
    files = {
        "edge/nginx.conf": "http { include conf.d/*.conf; server { listen 443 ssl; root /a; } }",
        "supervisor/conf.d/app.conf": "[program:app]\ncommand=/bin/{{ app }}\n",
    }
    assert setting(servers(resolve(files))[0], "client_auth").value == "none"
