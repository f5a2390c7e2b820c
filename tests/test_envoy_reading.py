"""Reading: whatever the bytes and the wrapping are, and where things stand in them."""

from __future__ import annotations

import json
import pickle
from base64 import b64encode
from datetime import date

import pytest
from effort import calls
from envoy_project import (
    DOWNSTREAM,
    bootstrap,
    clients,
    cluster,
    listener,
    resolve,
    servers,
    setting,
    text_at,
    validated,
    value,
)
from hypothesis import given
from hypothesis import strategies as st
from mtlslint.facts import Claim, Paths
from mtlslint.files import MemoryFiles
from mtlslint.parsers import envoy
from mtlslint.source import Source, Sources, Span
from mtlslint.trust import examined
from mtlslint.yamltree.node import Mapping, Node, Scalar, Sequence

CHAIN = f"""\
filter_chains:
- transport_socket:
    name: tls
    typed_config:
      "@type": {DOWNSTREAM}
      common_tls_context:
        validation_context:
          trusted_ca: {{filename: ca.pem}}
"""
BODY = "MC4CAQAwBQYDK2VwBCIEIMishFSJM9Q9P4jA/D+sMnETXb8ueGBjaJp76ravd4nJ"
KEY = f"-----BEGIN PRIVATE KEY-----\n{BODY}\n-----END PRIVATE KEY-----\n"


def indented(text: str, depth: int) -> str:
    return "".join(" " * depth + line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("path", "head", "claim"),
    [
        ("envoy.yaml", b"static_resources:\n  listeners: []\n", Claim.YES),
        ("values.yaml", b"image: nginx\n", Claim.MAYBE),
        ("map.yaml", b"apiVersion: v1\n# static_resources listeners", Claim.MAYBE),
        ("envoy.yaml.j2", b"static_resources:\n  clusters:\n", Claim.YES),
        ("envoy.yaml.tftpl", b"static_resources:\n  clusters:\n", Claim.YES),
        ("run.sh", b"#!/bin/sh\n# starts Envoy\n", Claim.MAYBE),
        ("run.sh", b"#!/bin/sh\n# starts nginx\n", Claim.NO),
        ("bootstrap", b"static_resources:\n  clusters:\n", Claim.MAYBE),
        ("nginx.conf", b"server { listen 443; }\n", Claim.NO),
        ("main.rs", b"static_resources listeners", Claim.NO),
    ],
)
def test_claims(path: str, head: bytes, claim: Claim) -> None:
    assert envoy.claims(path, head) is claim


WRAPPINGS = [
    "static_resources:\n  listeners:\n  - name: in\n{chain4}",
    "staticResources:\n  listeners:\n  - name: in\n{chain4}",
    "resources:\n- '@type': type.googleapis.com/envoy.config.listener.v3.Listener\n{chain2}",
    "resources:\n- name: x\n  resource:\n{chain4}",
    "listeners:\n- name: in\n{chain2}",
    "- name: in\n{chain2}",
    "- {chain2_inline}",
    "{chain0}",
    "apiVersion: x/v1\nkind: Listener\nspec:\n  name: in\n{chain2}",
    "configs:\n- dynamic_listeners:\n  - active_state:\n      listener:\n{chain8}",
    "---\na: 1\n---\nlisteners:\n- name: in\n{chain2}",
]


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_listener_is_found_in_whatever_holds_it(wrapping: str) -> None:
    chains = {f"chain{depth}": indented(CHAIN, depth) for depth in (0, 2, 4, 8)}
    text = wrapping.format(chain2_inline=indented(CHAIN, 2).lstrip(), **chains)
    (made,) = servers(resolve(text))
    assert value(made, "client_auth") == "optional"
    assert text_at(text, setting(made, "client_ca").span) == "filename: ca.pem"


def test_only_the_state_in_force_of_a_dump_counts() -> None:
    text = f"dynamic_listeners:\n- warming_state:\n    listener:\n{indented(CHAIN, 6)}"
    assert not servers(resolve(text))


def test_a_chain_without_its_listener_is_judged_and_its_address_unknown() -> None:
    text = indented(CHAIN, 2).replace("  filter_chains:\n", "chains:\n") + "    filters: []\n"
    (made,) = servers(resolve(text.replace("- transport", "- name: c\n    transport")))
    assert value(made, "client_auth") == "optional"
    assert value(made, "reach") is None


def test_a_piece_that_is_merged_into_something_is_none() -> None:
    text = f"patch:\n  operation: MERGE\n  value:\n{indented(CHAIN, 4)}"
    assert not servers(resolve(text))
    assert servers(resolve(text.replace("MERGE", "ADD")))


@pytest.mark.parametrize(
    ("fields", "decided"),
    [
        ("require_client_certificate: true", set()),
        ("common_tls_context: {validation_context: {trusted_ca: {filename: x}}}", set()),
        ("common_tls_context: {tls_params: {tls_minimum_protocol_version: 1}}", {"min_version"}),
        (
            "require_client_certificate: false, "
            "common_tls_context: {validation_context: {trusted_ca: {filename: x}}}",
            {"client_auth"},
        ),
        (
            "common_tls_context: {validation_context: {trust_chain_verification: 1}}",
            {"client_auth", "client_chain"},
        ),
    ],
)
def test_of_a_piece_only_what_it_says_in_writing_counts(fields: str, decided: set[str]) -> None:
    text = (
        "kind: EnvoyFilter\nspec:\n  configPatches:\n  - patch:\n      operation: MERGE\n"
        "      value:\n        transport_socket:\n          typed_config:\n"
        f'            {{"@type": {DOWNSTREAM}, {fields}}}\n'
    )
    found = [set(each.states[0]) for each in servers(resolve(text))]
    assert found == ([decided | {"transport", "reach", "tier"}] if decided else [])


def test_json_with_tabs_and_yaml_with_trailing_tabs_are_read() -> None:
    json = (
        '{\n\t"static_resources": {\n\t\t"clusters": [\n\t\t\t{"name": "\\ud83d\\ude00",\t'
        '"connect_timeout": "1s"}\n\t\t]\n\t}\n}\n'
    )
    assert len(clients(resolve(json))) == 1
    yaml = "static_resources:\t\n  clusters:\t\n  - name: a\t\n    connect_timeout: 1s\n"
    assert len(clients(resolve(yaml))) == 1


def test_offsets_are_bytes_after_a_mark_wide_characters_and_crlf() -> None:
    text = "\ufeff# düsseldörf 😀\n" + bootstrap(
        [listener(validated("trusted_ca: {filename: é}"))], []
    )
    for data in (text.encode(), text.replace("\n", "\r\n").encode()):
        (made,) = servers(resolve(data))
        assert text_at(data, setting(made, "client_ca").span) == "filename: é"


def test_anchors_merges_and_both_spellings() -> None:
    text = (
        "x: &ca {validationContext: {trustedCa: {filename: ca.pem}}}\n"
        "listeners:\n- name: in\n  filterChains:\n  - transportSocket:\n      typedConfig:\n"
        f"        '@type': {DOWNSTREAM}\n"
        "        requireClientCertificate: true\n"
        "        common_tls_context:\n          <<: *ca\n          tls_params: {}\n"
    )
    (made,) = servers(resolve(text))
    assert value(made, "client_auth") == "required"


def test_what_envoy_is_told_to_ignore_holds_only_anchors() -> None:
    unused = f"!ignore sockets:\n- &s\n  '@type': {DOWNSTREAM}\n  {validated('')}\n"
    text = unused + bootstrap([listener("sni: a").replace("typed_config: {", "x: {}, y: {")], [])
    assert len(servers(resolve(unused + bootstrap([listener("sni: a")], [])))) == 1
    assert not resolve(unused + "static_resources: {}\n").endpoints
    used = text.replace(
        "transport_socket: {name: tls, x: {}", "transport_socket: {typed_config: *s"
    )
    (made,) = servers(resolve(used))
    assert value(made, "transport") == "tls"


def test_secrets_that_say_the_same_are_one_wherever_they_stand() -> None:
    secret = "validation_context_sds_secret_config: {name: clients, sds_config: {ads: {}}}"
    chain = CHAIN.replace("validation_context:\n          trusted_ca: {filename: ca.pem}", secret)
    held = "resources:\n- name: clients\n  validation_context: {trusted_ca: {filename: %s}%s}\n"
    files = {
        "a/listeners.yaml": f"- name: in\n{indented(chain, 2)}",
        "a/one.yaml": held % ("a.pem", ""),
        "a/two.yaml": held % ("b.pem", ""),
    }
    assert value(servers(resolve(files))[0], "client_auth") == "optional"
    files["a/two.yaml"] = held % ("b.pem", ", verify_certificate_hash: [x]")
    assert value(servers(resolve(files))[0], "client_auth") is None


def test_templates_are_read_with_unknowns() -> None:
    text = "{{- if .Values.tls }}\n" + CHAIN.replace("ca.pem", "{{ .Values.ca }}") + "{{- end }}\n"
    (made,) = servers(resolve(text))
    assert value(made, "client_auth") == "optional"
    assert value(made, "client_ca") is None


def test_what_a_template_may_put_in_is_not_missing() -> None:
    text = CHAIN.replace(
        "          trusted_ca: {filename: ca.pem}\n", '{{ include "x" . | indent 10 }}\n'
    )
    (made,) = servers(resolve(text))
    assert value(made, "client_auth") is None


@pytest.mark.parametrize("arms", [("true", "false"), ("false", "true"), ("{{ .x }}", "false")])
def test_what_an_arm_of_a_template_loosens_in_writing_counts(arms: tuple[str, str]) -> None:
    flag = "require_client_certificate:"
    one, other = arms
    branch = f"{{{{ if .a }}}}\n{flag} {one}\n{{{{ else }}}}\n{flag} {other}\n{{{{ end }}}}\n"
    chain = CHAIN.replace("      common_tls", indented(branch, 6) + "      common_tls", 1)
    text = f"- name: in\n{indented(chain, 2)}"
    (made,) = servers(resolve(text))
    assert value(made, "client_auth") == "optional"
    assert text_at(text, setting(made, "client_auth").span) == f"{flag} false"


@pytest.mark.parametrize(
    "comment",
    ["{# a #}", "{# a\n   b: {c\n #}", "{{/* a */}}", "<%# a %>", "%{ if a ~}\n%{ endif ~}"],
)
def test_a_template_s_comments_are_none_of_its_values(comment: str) -> None:
    behind = comment.partition("\n")[0] if "\n" not in comment else ""
    chain = CHAIN.replace("ca.pem}", f"ca.pem}} {behind}").replace(
        "      common", f"{comment}\n      common"
    )
    text = f"{comment}\n- name: in\n{indented(chain, 2)}"
    facts = envoy.read(Source("a.yaml.j2", text.encode()))
    assert not facts.problems
    assert value(servers(resolve(text))[0], "client_auth") == "optional"


def test_arms_of_a_template_that_differ_are_unknown() -> None:
    text = CHAIN + (
        "          {% if far %}\n          max_verify_depth: 3\n          {% else %}\n"
        "          max_verify_depth: 20\n          {% endif %}\n"
    )
    (made,) = servers(resolve(text))
    assert value(made, "verify_depth") is None
    assert value(made, "client_auth") == "optional"


@pytest.mark.parametrize(
    ("word", "auth"), [("ACCEPT_UNTRUSTED", "optional"), ("VERIFY_TRUST_CHAIN", None)]
)
def test_an_arm_that_takes_any_certificate_counts(word: str, auth: str | None) -> None:
    arm = f"        validation_context:\n          trust_chain_verification: {word}\n"
    (made,) = servers(resolve(f"{CHAIN}{{{{#open}}}}\n{arm}{{{{/open}}}}\n"))
    assert value(made, "client_auth") == auth
    assert value(made, "client_chain") == ("unverified" if auth else None)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [('{{- define "%s" -}}', "{{- end }}"), ("{%%- macro %s(x) -%%}", "{%- endmacro %}")],
)
def test_what_a_template_defines_is_a_piece_of_its_own(opening: str, closing: str) -> None:
    broken = f"{opening % 'one'}\n- tls_context: {{\n{closing}\n"
    text = f"{broken}{opening % 'other'}\nname: in\n{CHAIN}{closing}\n"
    facts = envoy.read(Source("_helpers.tpl.yaml", text.encode()))
    assert not facts.problems
    assert facts.template
    assert value(servers(resolve(text))[0], "client_auth") == "optional"


@pytest.mark.parametrize("line", ["${MORE}", "$MORE", "__MORE__", "@MORE@", "%MORE%"])
def test_a_line_that_is_put_in_later_may_hold_anything(line: str) -> None:
    text = f"node:\n  id: a\n{line}\nlisteners:\n- name: in\n{indented(CHAIN, 2)}"
    (made,) = servers(resolve(text))
    assert value(made, "client_auth") == "optional"
    inside = text.replace("      common", f"      {line}\n      common", 1)
    (made,) = servers(resolve(inside))
    assert value(made, "client_auth") is None


def test_a_template_that_is_no_yaml_is_said_to_be_one() -> None:
    facts = envoy.read(Source("e.yaml", b"static_resources:\n  {{ x }}: {{ y }}\n  - a\n"))
    assert facts.template
    assert not facts.problems


@pytest.mark.parametrize(("flag", "file"), [("${X}", "@CA@"), ("%v ", "%s "), ("%%X%%", "%%CA%%")])
def test_placeholders_that_yaml_refuses(flag: str, file: str) -> None:
    context = validated(f"trusted_ca: {{filename: {file}}}")
    text = bootstrap([listener(f"{context}, require_client_certificate: {flag}")], [])
    (made,) = servers(resolve(text))
    assert value(made, "client_auth") is None
    assert value(made, "client_ca") is None


def test_no_yaml_is_a_problem_with_its_place() -> None:
    data = b"static_resources:\n  listeners: [\n"
    (problem,) = envoy.read(Source("e.yaml", data)).problems
    assert problem.fatal
    assert problem.span
    assert 0 <= problem.span.start <= problem.span.end <= len(data)


def embedded(data: str) -> tuple[Source, Sources]:
    outer = Source("map.yaml", data.encode())
    (inner,) = envoy.read(outer).embedded
    return inner, Sources({outer.path: outer, inner.path: inner})


@pytest.mark.parametrize(
    ("held", "name"),
    [
        ("  nginx.conf: |\n    server {\n      listen 443 ssl; # é\n    }\n", "nginx.conf"),
        ("  nginx.conf: |2-\n      server {\n      listen 443 ssl; # é\n    }\n", "nginx.conf"),
        ('  "a.conf": "server {\\n\\tlisten 443 ssl; # \\u00e9\\n}"\n', "a.conf"),
        ("  a.conf: 'server { listen 443 ssl; # é'\n", "a.conf"),
        ("  a.conf: >\n    server {\n    listen 443 ssl; # é\n    }\n", "a.conf"),
    ],
)
def test_what_a_config_map_holds_is_a_source_that_maps_back(held: str, name: str) -> None:
    data = f"kind: ConfigMap\nmetadata: {{name: edge}}\ndata:\n{held}"
    inner, sources = embedded(data)
    assert inner.name == name
    assert inner.path == f"map.yaml!edge/{name}"
    start = inner.data.index(b"listen 443")
    span = sources.outward(Span(inner.path, start, start + len(b"listen 443")))
    assert span.path == "map.yaml"
    assert data.encode()[span.start : span.end] == b"listen 443"


def test_a_container_is_given_a_configuration() -> None:
    text = (
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - args:\n    - --config-yaml\n"
        f"    - |\n{indented(bootstrap([], [cluster('plaintext')]), 6)}"
    )
    inner, _ = embedded(text)
    assert inner.name == "envoy.yaml"
    assert inner.data.startswith(b"static_resources:\n")


@pytest.mark.parametrize(
    "around",
    [
        "configs:\n  edge:\n    content: |\n{}",
        "kind: Secret\napiVersion: v1\nstringData:\n  envoy.yaml: |\n{}",
        "services:\n  edge:\n    command:\n    - --config-yaml\n    - |\n{}",
        "write_files:\n- path: /etc/envoy/envoy.yaml\n  content: |\n{}",
    ],
)
def test_a_whole_configuration_under_any_key(around: str) -> None:
    config = bootstrap([], [cluster("plaintext")])
    outer = around.replace("{}", indented(config, 6))
    inner, sources = embedded(outer)
    assert inner.data.decode().rstrip() == config.rstrip()
    start = inner.data.index(b"clusters:")
    span = sources.outward(Span(inner.path, start, start + 8))
    assert outer.encode()[span.start : span.end] == b"clusters"


def test_text_about_envoy_is_no_configuration() -> None:
    text = "description: |\n  Set static_resources, or a DownstreamTlsContext of your own.\n"
    assert not envoy.read(Source("values.yaml", text.encode())).embedded
    prose = f"long: |\n  # Usage\n  Put this there:\n  ```\n{indented(CHAIN, 2)}  ```\n"
    assert not envoy.read(Source("values.yaml", prose.encode())).embedded
    (inner,) = envoy.read(Source("a.yaml", f"text: |\n{indented(CHAIN, 2)}".encode())).embedded
    assert envoy.claims(inner.name or inner.path, inner.data) is Claim.MAYBE


def test_terraform_writes_a_configuration_or_a_script_that_does() -> None:
    config = bootstrap([], [cluster("plaintext")])
    plain = f"# envoy\n  content = <<-EOT\n{indented(config, 4)}  EOT\n"
    (inner,) = envoy.read(Source("main.tf", plain.encode())).embedded
    assert inner.data.decode() == indented(config, 4)
    script = f"cat > /etc/envoy.yaml <<CONF\n{config}CONF\n"
    nested = f"# envoy\n  user_data = <<EOF\n#!/bin/sh\n{script}EOF\n"
    held = envoy.read(Source("main.tf", nested.encode())).embedded
    assert config in [each.data.decode() for each in held]


def test_a_script_writes_a_configuration() -> None:
    config = bootstrap([], [cluster("plaintext")])
    script = f"#!/bin/sh\ncat > /etc/envoy/envoy.yaml <<'EOF'\n{config}EOF\n"
    (inner,) = envoy.read(Source("run.sh", script.encode())).embedded
    assert inner.data.decode() == config


@pytest.mark.parametrize(
    "text",
    [
        "- name: clients\n  validationContext: {trustedCa: {filename: a.pem}}\n",
        '[{"name": "clients", "validation_context": {"trusted_ca": {"filename": "a.pem"}}}]',
    ],
)
def test_a_bare_list_of_secrets_is_found_beside(text: str) -> None:
    secret = "validation_context_sds_secret_config: {name: clients, sds_config: {ads: {}}}"
    chain = CHAIN.replace("validation_context:\n          trusted_ca: {filename: ca.pem}", secret)
    files = {"edge.listeners.yaml": f"- name: in\n{indented(chain, 2)}", "edge.secrets.yaml": text}
    assert any(token in text.encode() for token in envoy.TOKENS)
    assert value(servers(resolve(files))[0], "client_auth") == "optional"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (f"inline_string: {json.dumps(KEY)}", 1),
        (f"inline_bytes: {b64encode(KEY.encode()).decode()}", 1),
        ("inline_string: '-----BEGIN PRIVATE KEY----- paste it here'", 0),
        ("inline_string: '{{ key }}'", 0),
        ("filename: server.key", 0),
    ],
)
def test_private_keys_written_in_place(source: str, found: int) -> None:
    secrets = f"[{{name: s, tls_certificate: {{private_key: {{{source}}}}}}}]"
    text = bootstrap([], [], secrets)
    document = examined(resolve(text), MemoryFiles({}), Paths(), date(2027, 1, 15))
    materials = [each for each in document.materials if each.held == "embedded"]
    assert len(materials) == found
    assert all(text_at(text, each.span).startswith("inline_") for each in materials)


def test_comments_are_those_of_this_file_alone() -> None:
    data = (
        b"static_resources: {} # mtlslint: ignore[MTLS101] why\n"
        b"# mtlslint: ignore[MTLS102]\n"
        b"x: |\n  # mtlslint: ignore[MTLS103]\ny: 'a # mtlslint: no'\n"
    )
    made = envoy.read(Source("e.yaml", data)).comments
    assert [(each.text, each.alone) for each in made] == [
        ("ignore[MTLS101] why", False),
        ("ignore[MTLS102]", True),
    ]


BOMB = "static_resources:\n  a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"  {chr(at + 1)}: &{chr(at + 1)} [{','.join(['*' + chr(at)] * 9)}]\n" for at in range(97, 110)
)


@pytest.mark.parametrize(
    "text",
    [
        "static_resources: " + "[" * 50_000,
        "static_resources:\n" + "".join(" " * depth + "a:\n" for depth in range(500)),
        BOMB,
        "static_resources: &a\n  listeners: [*a, *b]\n",
        "static_resources:\n" + "{{" * 50_000,
        "static_resources:\n" + "{{ x }} " * 20_000,
        "---\n" * 50_000 + "static_resources:",
    ],
    ids=["flow", "block", "bomb", "cycle", "openers", "tags", "documents"],
)
def test_hostile_files_are_refused_with_little_effort(text: str) -> None:
    source = Source("e.yaml", text.encode())
    assert calls(lambda: pickle.loads(pickle.dumps(envoy.read(source)))) < 4 * len(text) + 1_000


WORDS = st.sampled_from(
    [
        *("static_resources", "listeners", "filter_chains", "transport_socket", "typed_config"),
        *("clusters", "name", "secrets", "load_assignment", "validation_context", "@type", "<<"),
        *("common_tls_context", "trusted_ca", "route_config", "virtual_hosts", "filters", "data"),
        *(DOWNSTREAM, ": ", ":\n", "\n", "\n  ", "\n- ", "- ", "{", "}", "[", "]", ", ", "|\n    "),
        *("{{ x }}", "{% if %}", "# mtlslint: x\n", "\t", "\r\n", "é", "&a ", "*a", "\n---\n", '"'),
        *("kind: ConfigMap\n", "\\n", "'", "\ufeff", "\u2028", "\x85", "!t ", "? ", ">-\n   "),
    ]
)


def spans(node: Node) -> list[tuple[int, int]]:
    found = []
    stack = [node]
    while stack:
        each = stack.pop()
        found.append((each.start, each.end))
        if isinstance(each, Mapping):
            stack += [value for pair in each.pairs for value in (pair.key, pair.value)]
        elif isinstance(each, Sequence):
            stack += each.items
        else:
            assert isinstance(each, Scalar)
    return found


def read_soundly(data: bytes) -> None:
    facts = envoy.read(Source("e.yaml", data))
    size = len(data)
    for resource in facts.tree.resources if facts.tree else ():
        assert all(0 <= start <= end <= size for start, end in spans(resource.node))
    places = [problem.span for problem in facts.problems] + [each.span for each in facts.comments]
    assert all(0 <= span.start <= span.end <= size for span in places if span)
    for inner in facts.embedded:
        assert inner.embedding
        outward = inner.embedding.outward(0, len(inner.data))
        assert 0 <= outward.start <= outward.end <= size
    document = resolve(data)
    for endpoint in document.endpoints:
        made = [endpoint.head, *(s.span for state in endpoint.states for s in state.values())]
        assert all(0 <= span.start <= span.end <= size for span in made)


@given(st.lists(WORDS, max_size=60))
def test_any_words_are_read_soundly(words: list[str]) -> None:
    read_soundly("".join(["static_resources:", *words]).encode())


SAMPLE = """\
static_resources:
  listeners:
  - name: in
    address:
      socket_address:
        address: 0.0.0.0
    filter_chains:
    - filter_chain_match:
        server_names: [a]
      filters:
      - name: hcm
        typed_config:
          "@type": HttpConnectionManager
          forward_client_cert_details: ALWAYS_FORWARD_ONLY
          route_config:
            virtual_hosts:
            - routes:
              - match:
                route:
                  cluster: app
          http_filters:
          - name: rbac
            typed_config:
              "@type": RBAC
              rules:
                policies:
                  p:
                    principals:
                    - authenticated:
                        principal_name:
      transport_socket:
        typed_config:
          "@type": DownstreamTlsContext
          require_client_certificate: true
          common_tls_context:
            tls_params:
              cipher_suites:
            combined_validation_context:
              default_validation_context:
                trusted_ca:
              validation_context_sds_secret_config:
                name: ca
  clusters:
  - name: app
    load_assignment:
      endpoints:
      - lb_endpoints:
        - endpoint:
    transport_socket_matches:
    - match:
      transport_socket:
""".splitlines()
ODD = ["", "[]", "{}", "~", "x", "true", "[{}]", "{a: b}", "{{ x }}", "*a", "&a b", "|", "[[]]"]


@given(st.dictionaries(st.integers(0, len(SAMPLE) - 1), st.sampled_from(ODD), max_size=8))
def test_any_value_in_any_place_is_read_soundly(changes: dict[int, str]) -> None:
    lines = list(SAMPLE)
    for number, odd in changes.items():
        lines[number] = lines[number].partition(":")[0] + f": {odd}"
    read_soundly("\n".join(lines).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_soundly(data: bytes) -> None:
    read_soundly(b"static_resources:\n  " + data)
    read_soundly(b"kind: ConfigMap\ndata:\n  a.conf: ssl_" + data)
