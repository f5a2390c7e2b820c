"""Listeners: what a client without a certificate meets, and who is believed to be whom."""

from __future__ import annotations

import pytest
from envoy_project import (
    CERTIFICATES,
    TYPES,
    bootstrap,
    cluster,
    listener,
    resolve,
    server,
    servers,
    setting,
    text_at,
    validated,
    value,
)

CA = "trusted_ca: {filename: clients.pem}"
SAN = "match_typed_subject_alt_names: [{san_type: DNS, matcher: {exact: a}}]"
REQUIRED = "require_client_certificate: true"
SPIFFE = (
    "custom_validator_config: {name: envoy.tls.cert_validator.spiffe, typed_config: "
    f'{{"@type": {TYPES}.transport_sockets.tls.v3.SPIFFECertValidatorConfig}}}}'
)


@pytest.mark.parametrize(
    ("context", "auth", "chain"),
    [
        (f"common_tls_context: {{{CERTIFICATES}}}", "none", "absent"),
        (f"common_tls_context: {{{CERTIFICATES}}}, {REQUIRED}", "none", "absent"),
        (validated("{}"[1:-1]) + f", {REQUIRED}", "none", "absent"),
        (validated(CA), "optional", "verified"),
        (validated(CA) + ", require_client_certificate: false", "optional", "verified"),
        (f"{REQUIRED}, " + validated(CA), "required", "verified"),
        (f"requireClientCertificate: yes, {validated(CA)}", "required", "verified"),
        (validated(f"{CA}, {SAN}"), "required", "verified"),
        (validated(f"{CA}, match_typed_subject_alt_names: "), "optional", "verified"),
        (validated(SAN), None, "verified"),
        (validated('verify_certificate_hash: ["ab"]'), "required", "verified"),
        (validated("verify_certificate_spki: []"), "none", "absent"),
        (validated("trust_chain_verification: ACCEPT_UNTRUSTED"), "optional", "unverified"),
        (
            validated("trust_chain_verification: accept_untrusted") + f", {REQUIRED}",
            "optional",
            "unverified",
        ),
        (
            validated(f"trust_chain_verification: 1, {CA}") + f", {REQUIRED}",
            "required",
            "unverified",
        ),
        (
            validated(f"trust_chain_verification: ACCEPT_UNTRUSTED, {CA}, {SAN}"),
            "optional",
            "unverified",
        ),
        (validated("system_root_certs: {}") + f", {REQUIRED}", "none", "absent"),
        (validated(SPIFFE), "required", "verified"),
        (validated("custom_validator_config: {name: other}"), None, None),
        (f"require_client_certificate: $X, {validated(CA)}", None, "verified"),
        (validated("trusted_ca: {filename: }") + f", {REQUIRED}", "none", "absent"),
        (validated("trusted_ca: ") + f", {REQUIRED}", "none", "absent"),
    ],
)
def test_client_authentication(context: str, auth: object, chain: object) -> None:
    made = server(context)
    assert value(made, "client_auth") == auth
    assert value(made, "client_chain") == chain


def test_what_is_asked_and_not_enforced_points_to_the_flag() -> None:
    text = bootstrap([listener(f"{REQUIRED}, common_tls_context: {{}}")], [])
    made = servers(resolve(text))[0]
    assert value(made, "client_auth_intent") == "asked"
    assert text_at(text, setting(made, "client_auth").span) == REQUIRED


def test_an_absent_flag_points_to_the_type() -> None:
    text = bootstrap([listener(validated(CA))], [])
    made = servers(resolve(text))[0]
    assert text_at(text, setting(made, "client_auth").span).startswith('"@type": type.google')
    assert text_at(text, setting(made, "client_ca").span) == "filename: clients.pem"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("filename: /etc/ssl/certs/ca-certificates.crt", "public"),
        ("filename: /opt/pki/tls-ca-bundle-all.pem", "private"),
        ("inline_string: pem", "private"),
        ("environment_variable: CA", None),
        ('filename: "{{ ca }}"', None),
    ],
)
def test_client_ca(source: str, found: object) -> None:
    made = server(f"{REQUIRED}, {validated(f'trusted_ca: {{{source}}}')}")
    assert value(made, "client_ca") == found
    assert value(made, "client_auth") == "required"


def test_of_a_public_ca_s_certificates_those_that_are_listed_alone() -> None:
    public = "trusted_ca: {filename: /etc/ssl/certs/ca-certificates.crt}"
    assert value(server(validated(f"{public}, {SAN}")), "client_ca") == "public"
    pinned = validated(f"{public}, verify_certificate_spki: [a]")
    assert value(server(pinned), "client_ca") == "private"


def test_a_combined_context_is_merged_first() -> None:
    secrets = "[{name: ca, validation_context: {trusted_ca: {filename: ca.pem}}}]"
    context = (
        "common_tls_context: {combined_validation_context: {"
        f"default_validation_context: {{{SAN}}}, "
        "validation_context_sds_secret_config: {name: ca}}}"
    )
    made = server(context, secrets=secrets)
    assert value(made, "client_auth") == "required"
    assert value(made, "client_identity") == "checked"
    assert value(made, "client_ca") == "private"


def test_a_secret_out_of_sight_is_unknown_and_says_so() -> None:
    sds = "validation_context_sds_secret_config: {name: ca, sds_config: {ads: {}}}"
    text = bootstrap([listener(f"{REQUIRED}, common_tls_context: {{{sds}}}")], [])
    made = setting(servers(resolve(text))[0], "client_auth")
    assert made.value is None
    assert "'ca' is not in sight" in made.note
    assert text_at(text, made.span) == "name: ca"


@pytest.mark.parametrize(
    ("version", "context", "low"),
    [
        ((1, 21), "common_tls_context: {}", "TLSv1"),
        ((1, 22), "common_tls_context: {}", "TLSv1.2"),
        (None, "common_tls_context: {}", "TLSv1.2"),
        (
            None,
            "common_tls_context: {tls_params: {tls_minimum_protocol_version: tlsv1_1}}",
            "TLSv1.1",
        ),
        (None, "common_tls_context: {tls_params: {tlsMinimumProtocolVersion: 4}}", "TLSv1.3"),
        (
            None,
            "common_tls_context: {tls_params: {tls_minimum_protocol_version: TLS_AUTO}}",
            "TLSv1.2",
        ),
        (None, "common_tls_context: {tls_params: {tls_minimum_protocol_version: $MIN}}", None),
    ],
)
def test_minimum_version(version: tuple[int, ...] | None, context: str, low: str | None) -> None:
    assert value(server(context, version), "min_version") == low


@pytest.mark.parametrize(
    ("suites", "found"),
    [
        ("[ECDHE-RSA-AES128-GCM-SHA256]", "strong"),
        ("['[ECDHE-ECDSA-AES128-GCM-SHA256|ECDHE-ECDSA-CHACHA20-POLY1305]']", "strong"),
        ("[ECDHE-RSA-AES128-GCM-SHA256, DES-CBC3-SHA]", "weak"),
        ("[RC4-SHA]", "weak"),
        ("['ALL:!RC4']", "weak"),
        ("['ECDHE-RSA-AES128-GCM-SHA256:!RC4:!DES-CBC3-SHA']", "strong"),
        ("['{{ suites }}']", None),
    ],
)
def test_cipher_suites(suites: str, found: str | None) -> None:
    context = f"common_tls_context: {{tls_params: {{cipher_suites: {suites}}}}}"
    assert value(server(context), "ciphers") == found


def test_a_policy_is_applied_last() -> None:
    weak = "cipher_suites: [ECDHE-RSA-DES-CBC3-SHA], tls_minimum_protocol_version: TLSv1_0"
    strict = f"common_tls_context: {{tls_params: {{{weak}, compliance_policies: [FIPS_202205]}}}}"
    assert value(server(strict), "min_version") == "TLSv1.2"
    assert value(server(strict), "ciphers") == "strong"
    assert value(server(f"common_tls_context: {{tls_params: {{{weak}}}}}"), "ciphers") == "weak"


def test_quic_takes_early_data_unless_told_otherwise() -> None:
    def early(fields: str, version: tuple[int, ...] | None = None) -> object:
        socket = (
            f'{{name: q, typed_config: {{"@type": {TYPES}.transport_sockets.quic.v3.'
            f"QuicDownstreamTransport, {fields}}}}}"
        )
        text = bootstrap([f"{{name: h3, filter_chains: [{{transport_socket: {socket}}}]}}"], [])
        return value(servers(resolve(text, version))[0], "early_data")

    bare = "downstream_tls_context: {}"
    assert early(bare) == "on"
    assert early(f"{bare}, enable_early_data: false") == "off"
    assert early(f"{bare}, enable_early_data: {{value: false}}") == "off"
    assert early(f"{bare}, enable_resumption: false") == "off"
    assert early(f"downstream_tls_context: {{{validated(CA)}}}", (1, 40)) == "off"
    assert value(server("common_tls_context: {}"), "early_data") == "off"


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("socket_address: {address: 127.0.0.2, port_value: 1}", "local"),
        ('socket_address: {address: "::1", port_value: 1}', "local"),
        ('socket_address: {address: "::", port_value: 1}', "network"),
        ("socket_address: {address: 10.0.0.1, port_value: 1}", "network"),
        ("socket_address: {address: $ADDRESS, port_value: 1}", None),
        ("pipe: {path: /run/x}", "local"),
        ("envoy_internal_address: {server_listener_name: x}", "local"),
    ],
)
def test_reach(address: str, reach: str | None) -> None:
    text = bootstrap(
        [f"{{name: in, address: {{{address}}}, filter_chains: [{{filters: []}}]}}"], []
    )
    assert value(servers(resolve(text))[0], "reach") == reach


def test_a_further_address_counts() -> None:
    text = bootstrap(
        [
            "{name: in, address: {pipe: {path: x}}, additional_addresses: [{address: "
            "{socket_address: {address: 0.0.0.0, port_value: 1}}}], filter_chains: [{filters: []}]}"
        ],
        [],
    )
    assert value(servers(resolve(text))[0], "reach") == "network"


def rbac(rules: str, context: str = validated(CA)) -> object:
    """Return client_auth behind an RBAC filter with such rules."""
    http_filter = (
        f'{{name: rbac, typed_config: {{"@type": {TYPES}.filters.http.rbac.v3.RBAC, {rules}}}}}'
    )
    text = bootstrap([listener(context, more=f"http_filters: [{http_filter}],")], [])
    return value(servers(resolve(text))[0], "client_auth")


@pytest.mark.parametrize(
    ("principal", "auth"),
    [
        ("authenticated: {principal_name: {exact: a}}", "required"),
        ("authenticated: {principal_name: {prefix: spiffe://}}", "required"),
        ("authenticated: {principal_name: {safe_regex: {regex: '.+'}}}", "required"),
        ("authenticated: {principal_name: {safe_regex: {regex: '.*'}}}", "optional"),
        ("authenticated: {principal_name: {prefix: ''}}", "optional"),
        ("authenticated: {}", "optional"),
        ("any: true", "optional"),
        (
            "and_ids: {ids: [{any: true}, {authenticated: {principal_name: {exact: a}}}]}",
            "required",
        ),
        ("or_ids: {ids: [{any: true}, {authenticated: {principal_name: {exact: a}}}]}", "optional"),
        ("not_id: {authenticated: {principal_name: {exact: a}}}", "optional"),
    ],
)
def test_rbac_that_names_somebody_demands_a_certificate(principal: str, auth: str) -> None:
    assert rbac(f"rules: {{policies: {{p: {{principals: [{{{principal}}}]}}}}}}") == auth


def test_whoever_else_may_demand_a_certificate_makes_it_unknown() -> None:
    def behind(kind: str, fields: str) -> object:
        made = f'{{name: x, typed_config: {{"@type": {TYPES}.filters.http.{kind}, {fields}}}}}'
        text = bootstrap([listener(validated(CA), more=f"http_filters: [{made}],")], [])
        return value(servers(resolve(text))[0], "client_auth")

    assert behind("ext_authz.v3.ExtAuthz", "include_peer_certificate: true") is None
    assert behind("ext_authz.v3.ExtAuthz", "include_peer_certificate: false") == "optional"
    assert behind("lua.v3.Lua", "inline_code: 'ssl:peerCertificatePresented()'") is None
    assert behind("lua.v3.Lua", "inline_code: 'headers:add(1)'") == "optional"


def test_a_filter_that_knows_each_certificate_verifies_it() -> None:
    kind = f"{TYPES}.filters.network.client_ssl_auth.v3.ClientSSLAuth"
    lists = f'filters: [{{name: a, typed_config: {{"@type": {kind}}}}}, '
    lax = listener(validated("trust_chain_verification: ACCEPT_UNTRUSTED"))
    (made,) = servers(resolve(bootstrap([lax.replace("filters: [", lists)], [])))
    assert value(made, "client_auth") == "required"
    assert value(made, "client_chain") is None


def test_routes_that_take_certificates_alone_demand_one() -> None:
    text = bootstrap([listener(validated(CA))], [])
    routed = text.replace("{prefix: /}", "{prefix: /, tls_context: {presented: true}}")
    assert value(servers(resolve(text))[0], "client_auth") == "optional"
    assert value(servers(resolve(routed))[0], "client_auth") == "required"


@pytest.mark.parametrize(
    ("override", "auth"),
    [
        ("", "required"),
        ("{}", "optional"),
        ("{rbac: {rules: {policies: {a: {principals: [{any: true}]}}}}}", "optional"),
        (
            "{rbac: {rules: {policies: {a: {principals: [{authenticated: {principal_name: {exact:"
            " b}}}]}}}}}",
            "required",
        ),
        ("{rbac: {matcher: {}}}", None),
    ],
)
def test_rbac_counts_as_it_is_at_the_laxest_route(override: str, auth: str | None) -> None:
    rules = "policies: {a: {principals: [{authenticated: {principal_name: {exact: a}}}]}}"
    kind = f"{TYPES}.filters.http.rbac.v3.RBAC"
    more = f'http_filters: [{{name: rbac, typed_config: {{"@type": {kind}, rules: {{{rules}}}}}}}],'
    typed = override.replace("{", f'{{"@type": {kind}PerRoute, ', 1)
    own = f"typed_per_filter_config: {{rbac: {typed}}}, " if override else ""
    route = f"cluster: app}}}}, {{match: {{prefix: /b}}, {own}route: {{cluster: app"
    config = bootstrap([listener(validated(CA), route, more=more)], [])
    assert value(servers(resolve(config))[0], "client_auth") == auth


def test_who_is_let_through_by_nobody_is_served_nothing() -> None:
    filters = "filters: [{name: r, typed_config: {'@type': %s, rules: {%s}}}, "
    kind = f"{TYPES}.filters.network.rbac.v3.RBAC"
    everybody = "policies: {a: {permissions: [{any: true}], principals: [%s]}}"

    def served(context: str, rules: str) -> bool:
        (one,) = content(listener(context).replace("filters: [", filters % (kind, rules)))
        return bool(one)

    named = "{authenticated: {principal_name: {exact: a}}}"
    assert not served("plaintext", "action: DENY, " + everybody % "{any: true}")
    assert not served("plaintext", everybody % named)
    assert served("plaintext", "action: DENY, " + everybody % "{source_ip: {}}")
    assert served(validated(CA), everybody % named)


HTTP = f"{TYPES}.filters.http"
NAMED = "b: {principals: [{authenticated: {principal_name: {exact: a}}}]}"


@pytest.mark.parametrize(
    ("kind", "fields", "identity"),
    [
        ("router.v3.Router", "", "unchecked"),
        ("ext_authz.v3.ExtAuthz", "", None),
        ("wasm.v3.Wasm", "", None),
        ("lua.v3.Lua", "default_source_code: {filename: a}", None),
        ("lua.v3.Lua", "inline_code: 'x()'", "unchecked"),
        (
            "rbac.v3.RBAC",
            "rules: {policies: {a: {principals: [{authenticated: {}}]}}}",
            "unchecked",
        ),
        ("rbac.v3.RBAC", f"rules: {{action: DENY, policies: {{{NAMED}}}}}", "unchecked"),
        (
            "rbac.v3.RBAC",
            f"rules: {{policies: {{a: {{principals: [{{any: true}}]}}, {NAMED}}}}}",
            None,
        ),
        ("rbac.v3.RBAC", f"rules: {{policies: {{{NAMED}}}}}", "checked"),
    ],
)
def test_who_looks_at_whose_certificate_it_is(kind: str, fields: str, identity: str | None) -> None:
    config = f'{{"@type": {HTTP}.{kind}, {fields}}}'
    more = f"http_filters: [{{name: envoy.filters.http.rbac, typed_config: {config}}}],"
    config = bootstrap([listener(f"{REQUIRED}, {validated(CA)}", more=more)], [])
    assert value(servers(resolve(config))[0], "client_identity") == identity


def test_that_there_is_a_certificate_says_not_whose() -> None:
    only = "match: {prefix: /, tls_context: {validated: true}}"
    config = bootstrap([listener(validated(CA)).replace("match: {prefix: /}", only)], [])
    (made,) = servers(resolve(config))
    assert value(made, "client_auth") == "required"
    assert value(made, "client_identity") == "unchecked"


def test_rbac_that_only_watches_or_lacks_rules_demands_nothing() -> None:
    named = "{policies: {p: {principals: [{authenticated: {principal_name: {exact: a}}}]}}}"
    assert rbac(f"shadow_rules: {named}") == "optional"
    assert rbac("stat_prefix: x") == "optional"
    denied = (
        "rules: {action: DENY, policies: {p: {permissions: [{any: true}], principals: "
        "[{not_id: {authenticated: {principal_name: {exact: a}}}}]}}}"
    )
    assert rbac(denied) == "required"


def test_chains_are_named_by_what_they_serve() -> None:
    text = bootstrap(
        [
            "{name: in, filter_chains: [{name: one}, {filter_chain_match: {server_names: [a.b]}},"
            " {filters: []}], default_filter_chain: {filters: []}}"
        ],
        [],
    )
    assert [each.name for each in servers(resolve(text))] == [
        "envoy.yaml: listener in, chain one",
        "envoy.yaml: listener in, chain for a.b",
        "envoy.yaml: listener in, chain 3",
        "envoy.yaml: listener in, default chain",
    ]


def test_a_chain_for_tls_without_a_socket_passes_it_on() -> None:
    text = bootstrap(
        ["{name: in, filter_chains: [{filter_chain_match: {server_names: [a]}, filters: []}]}"], []
    )
    assert value(servers(resolve(text))[0], "transport") is None


def content(*listeners: str) -> list[frozenset[str]]:
    """Return what listeners serve of a cluster `app`."""
    document = resolve(bootstrap(list(listeners), [cluster("plaintext")]))
    return [each.content for each in servers(document)]


def test_listeners_to_one_cluster_serve_the_same() -> None:
    mutual = listener(f"{REQUIRED}, {validated(CA)}", name="mutual")
    one, other = content(mutual, listener("plaintext", name="open"))
    assert one == other != frozenset()
    _, elsewhere = content(mutual, listener("plaintext", "cluster: other", name="open"))
    assert not one & elsewhere


def test_routes_for_whoever_shows_a_certificate_serve_nobody_in_plaintext() -> None:
    only = "match: {prefix: /, tls_context: {validated: true}}"
    turned = (
        "{match: {prefix: /, tls_context: {presented: false}}, direct_response: {status: 403}},"
        " {match: {prefix: /"
    )
    for old, new in (("match: {prefix: /}", only), ("{match: {prefix: /", turned)):
        assert content(listener("plaintext").replace(old, new)) == [frozenset()]
        strict = bootstrap([listener(validated(CA)).replace(old, new)], [])
        assert value(servers(resolve(strict))[0], "client_auth") == "required"
    narrow = turned.replace("presented: false}", "presented: false}, headers: [{name: a}]")
    lax = bootstrap([listener(validated(CA)).replace("{match: {prefix: /", narrow)], [])
    assert value(servers(resolve(lax))[0], "client_auth") == "optional"


@pytest.mark.parametrize(
    ("kind", "same"),
    [
        ("cluster_type: {name: envoy.clusters.dynamic_forward_proxy}", True),
        ("type: EDS", True),
        ("type: ORIGINAL_DST", False),
    ],
)
def test_two_listeners_serve_the_same_unless_connections_were_for_elsewhere(
    kind: str, same: bool
) -> None:
    listeners = [listener("plaintext"), listener(validated(CA), name="other")]
    document = resolve(bootstrap(listeners, [f"{{name: app, {kind}}}"]))
    one, other = (each.content for each in servers(document))
    assert (one == other) is same
    assert one


def test_two_files_of_listeners_of_one_name_are_alternatives() -> None:
    def served(name: str) -> list[frozenset[str]]:
        files = {
            "cds.yaml": f"resources:\n- {cluster('plaintext')}\n",
            "live.yaml": f"resources:\n- {listener(validated(CA))}\n",
            "lab.yaml": f"resources:\n- {listener('plaintext', name=name)}\n",
        }
        return [each.content for each in servers(resolve(files))]

    assert len(set(served("in"))) == 2
    assert len(set(served("other"))) == 1


def test_a_cluster_without_hosts_serves_nothing() -> None:
    hole = "{name: app, type: STATIC, connect_timeout: 1s}"
    document = resolve(bootstrap([listener("plaintext")], [hole]))
    assert not servers(document)[0].content
    later = resolve(bootstrap([listener("plaintext")], [hole.replace("STATIC", "EDS")]))
    assert servers(later)[0].content


def test_redirects_and_health_checks_serve_no_content() -> None:
    redirect = listener("plaintext").replace(
        "route: {cluster: app}", "redirect: {https_redirect: true}"
    )
    forced = listener("plaintext").replace("domains:", "require_tls: ALL, domains:")
    health = listener("plaintext").replace("{prefix: /}", "{path: /healthz}")
    assert content(redirect, forced, health) == [frozenset()] * 3
