"""Clusters: whom Envoy believes to be its upstream, and how it gets there."""

from __future__ import annotations

import pytest
from envoy_project import (
    CERTIFICATES,
    TYPES,
    UPSTREAM,
    bootstrap,
    client,
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
from mtlslint.facts import Paths, Project
from mtlslint.parsers import envoy
from mtlslint.source import Source

CLUSTER = "type.googleapis.com/envoy.config.cluster.v3.Cluster"
CA = "trusted_ca: {filename: ca.pem}"


@pytest.mark.parametrize(
    ("context", "chain", "name"),
    [
        ("sni: a", "unverified", "unverified"),
        ("common_tls_context: {}", "unverified", "unverified"),
        (validated(CA), "verified", "unverified"),
        (f"sni: a, {validated(CA)}", "verified", "unverified"),
        (validated(f"{CA}, match_subject_alt_names: [{{exact: a}}]"), "verified", "verified"),
        (validated(f"{CA}, match_subject_alt_names: {{exact: a}}"), "verified", "verified"),
        (validated(f"{CA}, match_typed_subject_alt_names: []"), "verified", "unverified"),
        (validated(f"{CA}, verify_subject_alt_name: [a]"), "verified", "verified"),
        (validated("verify_certificate_spki: [x]"), "verified", "verified"),
        (
            validated(f"{CA}, trust_chain_verification: ACCEPT_UNTRUSTED"),
            "unverified",
            "unverified",
        ),
        (f"sni: a, auto_sni_san_validation: true, {validated(CA)}", "verified", "verified"),
        (f"auto_sni_san_validation: true, {validated(CA)}", "verified", "unverified"),
        ("common_tls_context: $TLS", None, None),
    ],
)
def test_verification_of_the_upstream(context: str, chain: object, name: object) -> None:
    made = client(context)
    assert value(made, "peer_chain") == chain
    assert value(made, "peer_name") == name


def test_http_options_check_the_name() -> None:
    options = (
        "typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions:"
        f' {{"@type": {TYPES}.upstreams.http.v3.HttpProtocolOptions, '
        "upstream_http_protocol_options: {auto_sni: true, auto_san_validation: true}}},"
    )
    assert value(client(validated(CA), options), "peer_name") == "verified"


SNI = f"auto_sni_san_validation: true, {validated(CA)}"
FORWARD = "cluster_type: {name: envoy.clusters.dynamic_forward_proxy, typed_config: {%s}},"


@pytest.mark.parametrize(
    ("context", "more", "name"),
    [
        (SNI, "upstream_http_protocol_options: {auto_sni: true},", "verified"),
        (SNI, "upstream_http_protocol_options: {auto_sni: false},", "unverified"),
        (f"sni: '', {SNI}", "", "unverified"),
        (f"auto_host_sni: true, {SNI}", "", "verified"),
        (validated(CA), FORWARD % "", "verified"),
        (validated(CA), FORWARD % "allow_insecure_cluster_options: true", "verified"),
        (
            validated(CA),
            FORWARD % "allow_insecure_cluster_options: true"
            + "upstream_http_protocol_options: {auto_sni: true},",
            "unverified",
        ),
    ],
)
def test_names_that_are_compared_by_themselves(context: str, more: str, name: str) -> None:
    assert value(client(context, more), "peer_name") == name


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (CERTIFICATES, "presented"),
        ("tls_certificates: []", "absent"),
        ("tls_certificates: , tls_certificate_sds_secret_configs: []", "absent"),
    ],
)
def test_a_client_certificate(fields: str, found: str | None) -> None:
    made = client(f"common_tls_context: {{{fields}}}")
    assert value(made, "client_certificate") == found


def test_who_switched_it_off_is_told_apart() -> None:
    text = bootstrap(
        [], [cluster("sni: a"), cluster(validated("trust_chain_verification: 1"), "b")]
    )
    absent, off = (setting(each, "peer_chain") for each in clients(resolve(text)))
    assert absent.origin == "default"
    assert text_at(text, absent.span).startswith('"@type"')
    assert off.origin == "explicit"
    assert text_at(text, off.span) == "trust_chain_verification: 1"


def test_a_missing_name_check_points_to_the_ca() -> None:
    text = bootstrap([], [cluster(validated(CA))])
    made = clients(resolve(text))[0]
    assert text_at(text, setting(made, "peer_name").span) == "trusted_ca"


@pytest.mark.parametrize(
    ("host", "reach"),
    [
        ("127.0.0.1", "local"),
        ("localhost", "local"),
        ("0.0.0.0", "local"),
        ("app", "network"),
        ("'{{ host }}'", None),
    ],
)
def test_reach(host: str, reach: str | None) -> None:
    document = resolve(bootstrap([], [cluster("plaintext", host=host)]))
    assert value(clients(document)[0], "reach") == reach


@pytest.mark.parametrize(
    ("fields", "reach"),
    [
        ("type: ORIGINAL_DST", None),
        ("type: ORIGINAL_DST, original_dst_lb_config: {use_http_header: true}", "network"),
        ("type: ORIGINAL_DST, original_dst_lb_config: {http_header_name: x-to}", "network"),
        ("type: EDS", None),
        ("type: $KIND, load_assignment: {}", None),
        (
            "cluster_type: {name: envoy.clusters.dns}, hosts: [{socket_address: {address: a}}]",
            "network",
        ),
        ("cluster_type: {name: envoy.clusters.dynamic_forward_proxy}", None),
        (
            f"cluster_type: {{name: mine, typed_config: {{'@type': {TYPES}.clusters.aggregate.v3."
            "ClusterConfig}}",
            None,
        ),
        (
            f"cluster_type: {{name: mine, typed_config: {{'@type': {TYPES}.clusters.dns.v3."
            "DnsCluster}}, load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: "
            "{socket_address: {address: app, port_value: 1}}}}]}]}",
            "network",
        ),
        ("type: strict_dns, hosts: [{socket_address: {address: a, port_value: 1}}]", "network"),
        ("hosts: [{socket_address: {address: 10.0.0.1, port_value: 1}}]", "network"),
        ("hosts: [{socket_address: {address: FILLED_IN, port_value: 1}}]", None),
        ("hosts: {pipe: {path: /x}}", "local"),
    ],
)
def test_reach_of_other_kinds(fields: str, reach: str | None) -> None:
    text = bootstrap([], [f"{{name: a, connect_timeout: 1s, {fields}}}"])
    assert value(clients(resolve(text))[0], "reach") == reach


def test_from_loopback_and_to_an_address_of_its_own_traffic_stays_here() -> None:
    bound = "upstream_bind_config: {source_address: {address: 127.0.0.6}},"
    document = resolve(bootstrap([], [cluster("plaintext", more=bound)]))
    assert value(clients(document)[0], "reach") == "local"
    near = listener("plaintext").replace("0.0.0.0", "10.0.0.7")
    text = bootstrap([near], [cluster("plaintext", host="10.0.0.7")])
    assert value(clients(resolve(text))[0], "reach") == "local"


def test_discovered_endpoints_in_a_file_beside_are_found() -> None:
    files = {
        "x.clusters.yaml": f'- {{"@type": {CLUSTER}, name: a, type: EDS}}\n',
        "x.endpoints.yaml": f'- "@type": {CLUSTER}LoadAssignment\n'
        "  cluster_name: a\n  endpoints:\n  - lb_endpoints:\n"
        "    - endpoint: {address: {pipe: {path: /x}}}\n",
    }
    assert value(clients(resolve(files))[0], "reach") == "local"


def test_routes_and_hosts_of_a_file_are_found_by_its_name() -> None:
    manager = listener(
        "sni: a", more="rds: {route_config_name: all, config_source: {path: /e/rds.yaml}},"
    )
    config = bootstrap(
        [manager.replace("route_config: {", "x: {")],
        [
            "{name: app, type: EDS, eds_cluster_config: {service_name: far, eds_config:"
            " {path_config_source: {path: /e/eds.yaml}}}}"
        ],
    )
    routes = (
        "resources: [{name: all, virtual_hosts: [{name: a, domains: ['*'], "
        "routes: [{match: {prefix: /}, route: {cluster: app}}]}]}]"
    )
    hosts = (
        "resources: [{cluster_name: far, endpoints: [{lb_endpoints: [{endpoint: {address:"
        " {socket_address: {address: 10.0.0.1, port_value: 80}}}}]}]}]"
    )
    files = {"a/envoy.yaml": config, "a/dynamic/rds.yaml.j2": routes, "a/dynamic/eds.yaml": hosts}
    document = resolve(files)
    assert len(document.routes) == 1
    assert value(clients(document)[0], "reach") == "network"


@pytest.mark.parametrize(("told", "count"), [("dynamic_resources: {}", 1), ("admin: {}", 0)])
def test_what_is_discovered_may_ask_for_what_its_bootstrap_holds(told: str, count: int) -> None:
    files = {
        "envoy.yaml": f"{told}\n" + bootstrap([], [cluster("plaintext")]),
        "lds.yaml": f"resources:\n- {listener('sni: a')}\n",
    }
    assert len(resolve(files).routes) == count


def test_routes_lead_to_the_cluster_and_point_to_the_reference() -> None:
    text = bootstrap([listener("common_tls_context: {}")], [cluster("plaintext")])
    document = resolve(text)
    (route,) = document.routes
    assert text_at(text, route.span) == "cluster: app"
    (made,) = clients(document)
    assert route.client == made.id
    assert text_at(text, setting(made, "transport").span) == "name: app"


@pytest.mark.parametrize(
    "action",
    [
        "weighted_clusters: {clusters: [{name: app, weight: 1}]}",
        "cluster: elsewhere, request_mirror_policies: [{cluster: app}]",
    ],
)
def test_other_ways_to_name_a_cluster(action: str) -> None:
    text = bootstrap([listener("common_tls_context: {}", action)], [cluster("plaintext")])
    assert len(resolve(text).routes) == 1


@pytest.mark.parametrize("place", ["route_config: {", "name: all, "])
def test_mirrors_are_routes_as_well(place: str) -> None:
    mirrored = f"{place}request_mirror_policies: [{{cluster: copies}}], "
    config = bootstrap([listener("sni: a")], [cluster("plaintext"), cluster("plaintext", "copies")])
    assert len(resolve(config.replace(place, mirrored, 1)).routes) == 2


def test_a_cluster_chosen_by_a_header_is_no_route() -> None:
    text = bootstrap([listener("plaintext", "cluster_header: x")], [cluster("plaintext", "x")])
    assert not resolve(text).routes


@pytest.mark.parametrize(("context", "reach"), [("plaintext", "local"), ("sni: a", "network")])
def test_tls_through_a_listener_of_this_process_is_with_who_is_behind(
    context: str, reach: str
) -> None:
    inside = "envoy_internal_address: {server_listener_name: tunnel}"
    text = bootstrap([], [cluster(context)]).replace(
        "socket_address: {address: app, port_value: 80}", inside
    )
    assert value(clients(resolve(text))[0], "reach") == reach


def test_a_hop_inside_of_envoy_is_followed_to_where_it_leaves() -> None:
    inner = (
        "{name: inner, internal_listener: {}, filter_chains: [{filters: [{name: tcp, typed_config:"
        f' {{"@type": {TYPES}.filters.network.tcp_proxy.v3.TcpProxy, cluster: far}}}}]}}]}}'
    )
    tunnel = cluster("plaintext", "tunnel").replace(
        "socket_address: {address: app, port_value: 80}",
        "envoy_internal_address: {server_listener_name: inner}",
    )
    text = bootstrap(
        [listener("sni: a", "cluster: tunnel"), inner], [tunnel, cluster("plaintext", "far")]
    )
    document = resolve(text)
    (outer, _) = servers(document)
    ends = {route.client for route in document.routes if route.server == outer.id}
    assert [each.name.rpartition(" ")[2] for each in clients(document) if each.id in ends] == [
        "tunnel",
        "far",
    ]


def test_a_matcher_may_forward_headers_of_some_requests() -> None:
    action = "typed_config: {forward_client_cert_details: ALWAYS_FORWARD_ONLY}"
    more = f"forward_client_cert_matcher: {{on_no_match: {{action: {{{action}}}}}}},"
    config = bootstrap([listener("sni: a", more=more)], [cluster("plaintext")])
    (route,) = resolve(config).routes
    headers = route.states[0]["identity_headers"]
    assert headers.value == "forwarded"
    assert text_at(config, headers.span) == "forward_client_cert_details: ALWAYS_FORWARD_ONLY"


@pytest.mark.parametrize(("mode", "count"), [("ALWAYS_FORWARD_ONLY", 1), ("FORWARD_ONLY", 0)])
def test_what_is_merged_into_a_connection_manager_out_of_sight(mode: str, count: int) -> None:
    kind = f"{TYPES}.filters.network.http_connection_manager.v3.HttpConnectionManager"
    text = (
        "kind: EnvoyFilter\nspec:\n  configPatches:\n  - applyTo: NETWORK_FILTER\n    patch:\n"
        "      operation: MERGE\n      value:\n        typed_config:\n"
        f'          "@type": {kind}\n          forward_client_cert_details: {mode}\n'
    )
    document = resolve(text)
    assert len(document.routes) == count
    for route in document.routes:
        assert text_at(text, route.span) == "forward_client_cert_details: ALWAYS_FORWARD_ONLY"


@pytest.mark.parametrize("where", ["request_headers_to_remove", "requestHeadersToRemove"])
def test_a_header_that_is_removed_is_not_forwarded(where: str) -> None:
    header = f"{where}: [X-Forwarded-Client-Cert]"
    more = "forward_client_cert_details: ALWAYS_FORWARD_ONLY,"
    config = bootstrap([listener("sni: a", more=more)], [cluster("plaintext")])
    for place in ("route_config: {", "name: all,", "match: {prefix: /},"):
        at = place + (f"{header}, " if place.endswith("{") else f" {header},")
        (route,) = resolve(config.replace(place, at)).routes
        assert route.states[0]["identity_headers"].value == "sanitized"


@pytest.mark.parametrize(
    ("matcher", "name"),
    [
        ("safe_regex: {regex: '.*'}", "unverified"),
        ("prefix: ''", "unverified"),
        ("safe_regex: {regex: 'a.*'}", "verified"),
        ("suffix: .example", "verified"),
    ],
)
def test_a_matcher_that_every_name_fits_checks_none(matcher: str, name: str) -> None:
    sans = f"match_typed_subject_alt_names: [{{san_type: DNS, matcher: {{{matcher}}}}}]"
    assert value(client(validated(f"{CA}, {sans}")), "peer_name") == name


def test_addresses_under_a_name() -> None:
    config = bootstrap([], [cluster("plaintext")]).replace(
        "endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: app, "
        "port_value: 80}}}}]}]",
        "named_endpoints: {one: {address: {socket_address: {address: far, port_value: 80}}}}, "
        "endpoints: [{lb_endpoints: [{endpoint_name: one}]}]",
    )
    (made,) = clients(resolve(config))
    assert value(made, "reach") == "network"
    assert made.address.host == "far"


def test_each_transport_socket_match_is_an_endpoint() -> None:
    matches = (
        "transport_socket_matches: [{name: one, match: {a: b}, transport_socket: {name: tls, "
        f'typed_config: {{"@type": {TYPES}.transport_sockets.tls.v3.UpstreamTlsContext}}}}}},'
        "{name: rest, match: {}, transport_socket: {name: raw, typed_config: "
        f'{{"@type": {TYPES}.transport_sockets.raw_buffer.v3.RawBuffer}}}}}}],'
    )
    made = clients(resolve(bootstrap([], [cluster("plaintext", more=matches)])))
    assert [value(each, "transport") for each in made] == ["tls", "plaintext"]
    assert len({each.id for each in made}) == 2


def test_wrappers_are_unwrapped() -> None:
    inner = f'{{name: tls, typed_config: {{"@type": {UPSTREAM}}}}}'
    wrapped = (
        f'{{name: pp, typed_config: {{"@type": {TYPES}.transport_sockets.proxy_protocol.v3.'
        f"ProxyProtocolUpstreamTransport, transport_socket: {inner}}}}}"
    )
    text = bootstrap([], [f"{{name: a, connect_timeout: 1s, transport_socket: {wrapped}}}"])
    assert value(clients(resolve(text))[0], "peer_chain") == "unverified"


def test_static_names_hold_in_their_own_file() -> None:
    files = {
        "a/envoy-1.yaml": bootstrap([listener("common_tls_context: {}")], []),
        "a/envoy-2.yaml": bootstrap([], [cluster("plaintext")]),
    }
    assert not resolve(files).routes


def test_discovered_names_hold_in_the_folder_unless_they_differ() -> None:
    files = {
        "a/lds.yaml": f"resources:\n- {listener('common_tls_context: {}')}\n",
        "a/cds.yaml": f"resources:\n- {cluster('plaintext')}\n",
    }
    assert len(resolve(files).routes) == 1
    files["a/cds2.yaml"] = f"resources:\n- {cluster('sni: a')}\n"
    assert not resolve(files).routes


@pytest.mark.parametrize(
    ("mode", "context", "found"),
    [
        ("ALWAYS_FORWARD_ONLY", "plaintext", "forwarded"),
        ("4", "plaintext", "forwarded"),
        ("FORWARD_ONLY", "plaintext", "sanitized"),
        ("append_forward", validated(CA), "sanitized"),
        ("APPEND_FORWARD", validated("trust_chain_verification: ACCEPT_UNTRUSTED"), "forwarded"),
        ("SANITIZE_SET", validated("trust_chain_verification: ACCEPT_UNTRUSTED"), "sanitized"),
        ("$MODE", "plaintext", None),
    ],
)
def test_identity_headers(mode: str, context: str, found: str | None) -> None:
    more = f"forward_client_cert_details: {mode},"
    text = bootstrap([listener(context, more=more)], [cluster("plaintext")])
    (route,) = resolve(text).routes
    made = route.states[0]["identity_headers"]
    assert made.value == found
    assert text_at(text, made.span) == f"forward_client_cert_details: {mode}"


def test_forwarded_headers_are_told_of_without_a_cluster_in_sight() -> None:
    text = bootstrap([listener("plaintext", more="forward_client_cert_details: 4,")], [])
    (route,) = resolve(text).routes
    assert route.states[0]["identity_headers"].value == "forwarded"


MATCHED = """\
static_resources:
  clusters:
  - name: mixed
    type: STRICT_DNS
    load_assignment:
      cluster_name: mixed
      endpoints:
      - lb_endpoints:
        - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: 1}}}
        - endpoint: {address: {socket_address: {address: new.internal, port_value: 2}}}
          metadata: {filter_metadata: {envoy.transport_socket_match: {tls: "yes"}}}
    transport_socket_matches:
    - name: tls
      match: {tls: "yes"}
      transport_socket:
        name: tls
        typed_config:
          "@type": envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
"""


def test_each_socket_of_a_cluster_is_judged_by_the_hosts_that_use_it() -> None:
    facts = envoy.read(Source("envoy.yaml", MATCHED.encode()))
    document = envoy.resolve(Project({facts.path: facts}, Paths((facts.path,))))
    found = {
        endpoint.states[0]["transport"].value: endpoint.states[0]["reach"].value
        for endpoint in document.endpoints
    }
    assert found == {"tls": "network", "plaintext": "local"}
