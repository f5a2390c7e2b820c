"""nginx: templates are read as far as they can be, and no further."""

from __future__ import annotations

import pytest
from mtlslint.parsers import nginx
from mtlslint.source import Source
from mtlslint.twins import twins
from nginx_project import clients, resolve, servers, values


def server_of(text: str, path: str = "site.conf.j2") -> dict[str, set[object]]:
    """Return the values that matter of the one way in, over all branches."""
    (server,) = servers(resolve({path: text}))
    names = {name for state in server.states for name in state}
    wanted = ("transport", "client_auth", "min_version")
    return {name: values(server, name) for name in wanted if name in names}


JINJA = """
server {
    listen {{ port }} ssl{% if http2 %} http2{% endif %};
    server_name {{ name }};
    ssl_certificate {{ certificate }};
    ssl_client_certificate {{ ca }};
    {% if mutual %}
    ssl_verify_client {{ mode | default('on') }};
    {% else %}
    ssl_verify_client optional;
    {% endif %}
    {# a comment with ssl_verify_client off; #}
    ssl_protocols {{ protocols }};
    root /srv;
}
"""


def test_each_branch_is_a_state() -> None:
    assert server_of(JINJA) == {
        "transport": {"tls"},
        "client_auth": {None, "optional"},
        "min_version": {None},
    }


@pytest.mark.parametrize(
    "text",
    [
        "server {\n listen 443 ssl;\n <% if @old -%>\n ssl_protocols TLSv1;\n <% end -%>\n}\n",
        "server {\n listen 443 ssl;\n {{- if .old }}\n ssl_protocols TLSv1;\n {{- end }}\n}\n",
        "server {\n listen 443 ssl;\n {{#if old}}\n ssl_protocols TLSv1;\n {{/if}}\n}\n",
        "server {\n listen 443 ssl;\n {{#old}}\n ssl_protocols TLSv1;\n {{/old}}\n}\n",
        "server {\n listen 443 ssl;\n {% if old %}ssl_protocols TLSv1;{% endif %}\n}\n",
    ],
)
def test_a_branch_that_literally_says_something_bad_counts(text: str) -> None:
    assert server_of(text)["min_version"] == {"TLSv1", None}


def test_equal_conditions_go_together() -> None:
    text = """
server {
    listen 443 ssl;
    ssl_client_certificate ca.pem;
    ssl_protocols TLSv1.2;
    {% if mutual %}
    ssl_verify_client optional;
    {% endif %}
    {% if not mutual %}
    ssl_verify_client on;
    {% endif %}
    {% if mutual %}
    if ($ssl_client_verify != SUCCESS) { return 403; }
    {% endif %}
    root /srv;
}
"""
    assert server_of(text)["client_auth"] == {"required"}


def test_branches_that_exclude_each_other_are_no_twins() -> None:
    text = """
server {
    {% if tls %}
    listen 443 ssl;
    {% else %}
    listen 80;
    {% endif %}
    ssl_client_certificate ca.pem;
    ssl_verify_client on;
    location / { proxy_pass http://127.0.0.1:1; }
}
"""
    document = resolve({"site.conf.j2": text})
    assert {value for each in servers(document) for value in values(each, "transport")} == {
        "tls",
        "plaintext",
    }
    assert twins(document.endpoints) == ()


@pytest.mark.parametrize(
    "line",
    ["{{ extra }}", "<%= @extra %>", "${EXTRA}", "__EXTRA__", "{% include 'tls.conf' %}"],
)
def test_a_tag_in_a_directives_place_may_set_anything(line: str) -> None:
    text = f"server {{\n    listen 443 ssl;\n    {line}\n    root /srv;\n}}\n"
    assert server_of(text)["min_version"] == {None}


def test_loops_are_read_as_if_run() -> None:
    text = """
{% for app in apps %}
upstream {{ app.name }} {
{% for host in app.hosts %}
    server {{ host }}:8080;
{% endfor %}
}
{% endfor %}
server {
    listen 443 ssl;
    {% for app in apps %}
    location /{{ app.name }}/ { proxy_pass http://{{ app.name }}; }
    {% endfor %}
    location /fixed/ { proxy_pass http://app.internal:8080; }
}
"""
    document = resolve({"site.conf.j2": text})
    found = {each.name: values(each, "reach") for each in clients(document)}
    assert {None} in found.values()
    assert {"network"} in found.values()


def test_arms_that_open_the_same_block_are_read() -> None:
    text = """
{% if a %}
server {
    listen 443 ssl;
{% else %}
server {
    listen 8443 ssl;
{% endif %}
    ssl_protocols TLSv1.1;
}
"""
    assert server_of(text)["min_version"] == {"TLSv1.1"}


@pytest.mark.parametrize(
    "text",
    [
        "server {\n listen 443 ssl;\n{% endif %}\n}\n",
        "server {\n listen 443 ssl;\n{% if a %}\n ssl_protocols TLSv1;\n}\n",
    ],
)
def test_what_cannot_be_read_before_rendering_is_a_template(text: str) -> None:
    check_template(text, "site.conf.j2")


def test_a_language_of_ones_own_makes_a_template() -> None:
    text = "!{explode domain(vhn)}\nserver\n{\n listen 443 ssl;\n ${only.http2}http2 on;\n}\n"
    check_template(text, "web.https.template")


def check_template(text: str, path: str) -> None:
    facts = nginx.read(Source(path, text.encode()))
    assert facts.template
    assert not facts.problems


def test_many_conditions_stay_few_states() -> None:
    lines = "".join(
        f"{{% if c{n} %}}\n ssl_session_timeout {n}m;\n{{% endif %}}\n" for n in range(40)
    )
    text = f"server {{\n listen 443 ssl;\n {lines} ssl_protocols TLSv1.2;\n root /srv;\n}}\n"
    assert server_of(text)["min_version"] == {"TLSv1.2"}


def test_helpers_of_handlebars_repeat_and_choose() -> None:
    text = """
{{#eachAlive svc.members as |member|}}
upstream app {
    server {{member.sys.ip}}:{{member.cfg.port}};
}
{{/eachAlive}}
server {
    listen 443 ssl;
{{#if cfg.old ~}}
    ssl_protocols TLSv1;
{{else ~}}
    ssl_protocols TLSv1.2;
{{~/if}}
}
"""
    assert server_of(text)["min_version"] == {"TLSv1", "TLSv1.2"}


@pytest.mark.parametrize(
    ("line", "auth"),
    [
        ('<%= @ssl_settings.join("\\n") %>', "none"),
        ("include /etc/nginx/snippets/ssl-params.conf;", "none"),
        ("<%= @extra %>", None),
        ("include /etc/nginx/snippets/site.conf;", None),
    ],
)
def test_what_is_called_settings_asks_nobody_for_a_certificate(line: str, auth: str | None) -> None:
    found = server_of(f"server {{\n listen 443 ssl;\n {line}\n root /srv;\n}}\n")
    assert found["client_auth"] == {auth}
    assert found["min_version"] == {None}
