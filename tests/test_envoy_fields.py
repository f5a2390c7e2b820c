"""What Envoy refuses: fields it doesn't know, or not there, and values that aren't any."""

from __future__ import annotations

from importlib.resources import files as resources

import pytest
from envoy_project import (
    CERTIFICATES,
    DOWNSTREAM,
    TYPES,
    bootstrap,
    cluster,
    listener,
    resolve,
    text_at,
)
from envoy_project import validated as checked
from mtlslint.model import Misuse
from mtlslint.parsers.envoy.fields import resembling

CA = "trusted_ca: {filename: clients.pem}"
REQUIRED = "require_client_certificate: true"
OLD_NAMES = "match_subject_alt_names: [{exact: a}]"
VALID = f"{REQUIRED}, {checked(CA)}"


def old(config: str) -> str:
    """Return a configuration with its downstream contexts of the v2 API."""
    return config.replace(
        "extensions.transport_sockets.tls.v3.Downstream", "api.v2.auth.Downstream"
    )


def found(config: str, version: tuple[int, ...] | None = None) -> list[tuple[str, str, str]]:
    """Return kind, text and advice of each misuse."""
    misuses: tuple[Misuse, ...] = resolve(config, version).misuses
    return [(each.kind, text_at(config, each.span), each.advice) for each in misuses]


@pytest.mark.parametrize(
    ("context", "kind", "text", "advice"),
    [
        (f"common_tls_context: {{{REQUIRED}}}", "misplaced", REQUIRED, "`DownstreamTlsContext`"),
        (f"common_tls_context: {{{CA}}}", "misplaced", "trusted_ca", "`validation_context`"),
        (
            f"validation_context: {{{CA}}}",
            "misplaced",
            "validation_context",
            "into `common_tls_context`",
        ),
        (
            f"tls_minimum_protocol_version: TLSv1_2, {checked(CA)}",
            "misplaced",
            "tls_minimum_protocol_version: TLSv1_2",
            "into `common_tls_context.tls_params`",
        ),
        (
            checked(f"{CA}, {REQUIRED}"),
            "misplaced",
            REQUIRED,
            "into the `DownstreamTlsContext`, beside",
        ),
        (
            checked(f"{CA}, verify_subject_alt_name: [a]"),
            "refused",
            "verify_subject_alt_name",
            "`match_typed_subject_alt_names`; this is the v2",
        ),
        (
            "require_client_cert: true, " + checked(CA),
            "refused",
            "require_client_cert: true",
            "`require_client_certificate`",
        ),
        (
            "requireClientCertificates: true, " + checked(CA),
            "refused",
            "requireClientCertificates: true",
            "`require_client_certificate`",
        ),
        (
            "require-client-certificate: true, " + checked(CA),
            "refused",
            "require-client-certificate: true",
            "`require_client_certificate`",
        ),
        (
            checked("trusted_cas: {filename: a}"),
            "refused",
            "trusted_cas",
            "write `trusted_ca`",
        ),
        (checked("trusted_ca: /etc/a.pem"), "refused", "trusted_ca: /etc/a.pem", "{filename: ...}"),
        (
            checked(f"{CA}, match_typed_subject_alt_names: ['spiffe://a/b']"),
            "refused",
            "'spiffe://a/b'",
            "san_type",
        ),
        (
            checked(f"{CA}, trust_chain_verification: VERIFY"),
            "refused",
            "trust_chain_verification: VERIFY",
            "VERIFY_TRUST_CHAIN, ACCEPT_UNTRUSTED",
        ),
        (
            "common_tls_context: {tls_params: {tls_minimum_protocol_version: TLSv1.2}}",
            "refused",
            "tls_minimum_protocol_version: TLSv1.2",
            "write `TLSv1_2`",
        ),
        (
            f"require_client_certificate: required, {checked(CA)}",
            "refused",
            "require_client_certificate: required",
            "`true` or `false`",
        ),
        (
            checked(f"{CA}, {OLD_NAMES}, match_typed_subject_alt_names: [{{}}]"),
            "refused",
            "match_typed_subject_alt_names",
            "`match_subject_alt_names` is set as well",
        ),
        (
            f"common_tls_context: {{validation_context: {{{CA}}}, "
            "validation_context_sds_secret_config: {name: a}}",
            "refused",
            "validation_context_sds_secret_config",
            "`validation_context` is set as well",
        ),
    ],
)
def test_fields_and_values_that_are_none(context: str, kind: str, text: str, advice: str) -> None:
    ((got, at, told),) = found(bootstrap([listener(context)], []))
    assert (got, at) == (kind, text)
    assert advice in told


@pytest.mark.parametrize(
    "context",
    [
        VALID,
        f"require_client_certificate: yes, {checked(CA)}",
        f"requireClientCertificate: true, {checked(CA)}",
        f"require_client_certificate: ${{REQUIRED}}, {checked('trusted_ca: ${CA}')}",
        f"{VALID}, a_field_of_next_year: true",
        f"{VALID}, match_client_names: [a]",
        "common_tls_context: {tls_params: {tls_minimum_protocol_version: tlsv1_2}}",
        "common_tls_context: {tls_params: {tls_minimum_protocol_version: 3}}",
        "common_tls_context: {tls_params: {tls_minimum_protocol_version: ${LEAST}}}",
        "common_tls_context: {tls_params: {compliance_policies: [FIPS_202205]}}",
        checked(f"{CA}, match_typed_subject_alt_names: , crl: null, {OLD_NAMES}"),
        checked(f"{CA}, match_typed_subject_alt_names: [], {OLD_NAMES}"),
        checked(f"{CA}, match_typed_subject_alt_names: {{san_type: 1, matcher: {{exact: a}}}}"),
        f"common_tls_context: {{validation_context: null, {CERTIFICATES},"
        f" combined_validation_context: {{default_validation_context: {{{CA}}},"
        " validation_context_sds_secret_config: {name: a}}}",
    ],
)
def test_what_envoy_takes_and_what_may_be_newer_is_no_misuse(context: str) -> None:
    assert not found(bootstrap([listener(context)], []))


def test_each_version_of_the_api_has_its_own_fields() -> None:
    names = bootstrap([listener(checked(f"{CA}, verify_subject_alt_name: [a]"))], [])
    assert not found(old(names))
    depth = old(bootstrap([listener(checked(f"{CA}, max_verify_depth: 3"))], []))
    assert [told for _, _, told in found(depth)] == ["the v2 API doesn't know it; the v3 API does"]
    assert found(old(bootstrap([listener(f"common_tls_context: {{{REQUIRED}}}")], [])))


def test_a_context_of_v2_beside_v3_is_refused_since_v2_is_gone() -> None:
    chain = listener("plaintext").replace("filters:", f"tls_context: {{{VALID}}}, filters:")
    ((kind, text, advice),) = found(bootstrap([chain], []))
    assert (kind, text) == ("refused", "tls_context")
    assert "transport_socket" in advice
    assert not found(bootstrap([chain], []), (1, 16))
    alone = cluster("plaintext").replace("type:", f"tls_context: {{{checked(CA)}}}, type:")
    assert not found(bootstrap([], [alone]))


@pytest.mark.parametrize(
    ("place", "kind"),
    [("name: in,", "misplaced"), ("{name: tls,", "misplaced"), ("filter_chains: [{", "misplaced")],
)
def test_fields_around_the_context(place: str, kind: str) -> None:
    config = bootstrap([listener(checked(CA)).replace(place, f"{place} {REQUIRED},")], [])
    ((got, text, advice),) = found(config)
    assert (got, text) == (kind, REQUIRED)
    assert "`DownstreamTlsContext`" in advice


def test_sockets_and_contexts_that_stand_elsewhere() -> None:
    socket = f"transport_socket: {{name: tls, typed_config: {{'@type': {DOWNSTREAM}}}}}"
    for place in ("name: in,", "{name: hcm,"):
        config = bootstrap([listener("plaintext").replace(place, f"{place} {socket},")], [])
        assert [at for _, at, _ in found(config)] == ["transport_socket"]
    swapped = bootstrap([listener(VALID)], [cluster(checked(CA))])
    swapped = swapped.replace("UpstreamTls", "X").replace("DownstreamTls", "UpstreamTls")
    swapped = swapped.replace("XContext", "DownstreamTlsContext").replace(f"{REQUIRED}, ", "")
    advices = [advice for _, _, advice in found(swapped)]
    assert advices == ["write a `DownstreamTlsContext` here", "write a `UpstreamTlsContext` here"]
    assert {each.states[0]["transport"].value for each in resolve(swapped).endpoints} == {None}


def test_types_that_do_not_exist() -> None:
    config = bootstrap([listener(VALID)], []).replace("TlsContext", "TLSContext")
    ((kind, _, advice),) = found(config)
    assert (kind, advice) == ("refused", "write `DownstreamTlsContext`")
    assert not found(config.replace("TLSContext", "OtherContext"))


def test_the_identity_of_clients_in_a_connection_manager() -> None:
    config = bootstrap([listener(VALID, more="forward_client_certs_details: SANITIZE_SET,")], [])
    ((kind, text, _),) = found(config)
    assert (kind, text) == ("refused", "forward_client_certs_details: SANITIZE_SET")
    fine = "forward_client_cert_details: SANITIZE_SET, forward_proto_config: {},"
    assert not found(bootstrap([listener(VALID, more=fine)], []))


def test_secrets_and_the_clusters_side() -> None:
    secret = "[{name: a, validation_context: {trusted_ca: /a.pem}}]"
    assert [at for _, at, _ in found(bootstrap([], [], secret))] == ["trusted_ca: /a.pem"]
    ((kind, _, advice),) = found(bootstrap([], [cluster(f"{checked(CA)}, {REQUIRED}")]))
    assert kind == "misplaced"
    assert "`DownstreamTlsContext`" in advice


@pytest.mark.parametrize(
    "fields",
    [
        "match_typed_subject_alt_names: [{san_type: DNS, matcher: {exact: a}}]",
        "crl: {filename: a.crl}",
        "allow_expired_certificate: true",
    ],
)
def test_what_envoy_refuses_without_a_trusted_ca(fields: str) -> None:
    for make in (lambda c: bootstrap([listener(c)], []), lambda c: bootstrap([], [cluster(c)])):
        ((kind, text, _),) = found(make(checked(fields)))
        assert kind == "refused"
        assert fields.startswith(text.partition(":")[0])
        assert not found(make(checked(f"{fields}, {CA}")))
        assert not found(make(checked(f"{fields}, trusted_ca: {{inline_bytes: ''}}")))
    secret = "validation_context_sds_secret_config: {name: a}"
    combined = (
        f"combined_validation_context: {{default_validation_context: {{{fields}}}, {secret}}}"
    )
    context = f"common_tls_context: {{{combined}}}"
    assert not found(bootstrap([listener(context)], []))
    assert not found(
        bootstrap([listener(context)], [], f"[{{name: a, validation_context: {{{CA}}}}}]")
    )


def test_the_name_of_the_sni_needs_a_trusted_ca() -> None:
    automatic = "sni: a, auto_sni_san_validation: true"
    assert found(bootstrap([], [cluster(automatic)]))
    assert not found(bootstrap([], [cluster(f"{automatic}, {checked(CA)}")]))


def test_client_certificates_over_quic() -> None:
    quic = listener(VALID).replace(
        f'{{"@type": {DOWNSTREAM}, {VALID}}}',
        f'{{"@type": {TYPES}.transport_sockets.quic.v3.QuicDownstreamTransport, '
        f"downstream_tls_context: {{{VALID}}}}}",
    )
    assert [at for _, at, _ in found(bootstrap([quic], []), (1, 33))] == [REQUIRED]
    assert not found(bootstrap([quic], []))


def test_keys_written_where_a_source_belongs_are_not_repeated() -> None:
    key = "-----BEGIN PRIVATE KEY----- secret"
    context = f"common_tls_context: {{tls_certificates: [{{private_key: '{key}'}}]}}"
    (misuse,) = resolve(bootstrap([listener(context)], [])).misuses
    assert "secret" not in misuse.name + misuse.advice


def test_what_other_programs_call_a_certificate_is_no_secret() -> None:
    files = "- name: edge\n  tls_certificate: /etc/edge.pem\n  trusted_ca: /etc/ca.pem\n"
    document = resolve(files)
    assert not document.misuses
    assert not document.endpoints


def test_others_fields_of_these_names_are_nothing_to_us() -> None:
    other = 'policies:\n- {"@type": type.example.com/acme.v3.DownstreamTlsContext, trusted_ca: x}\n'
    assert not resolve(f"# {DOWNSTREAM}\n{other}").misuses


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("tls_certificate_selector", ""),
        ("max_verify_depths", "max_verify_depth"),
        ("trust_chain_verifcation", "trust_chain_verification"),
        ("verify_depth", ""),
    ],
)
def test_only_what_must_be_meant_resembles(name: str, known: str) -> None:
    fields = ("max_verify_depth", "trust_chain_verification", "custom_tls_certificate_selector")
    assert resembling(name, fields) == known


def test_the_list_of_fields_is_the_api_s_own() -> None:
    pytest.importorskip("envoy.extensions.transport_sockets.tls.v3.tls_pb2")
    from envoy_fields import described

    text = resources("mtlslint.parsers.envoy").joinpath("fields.txt").read_text("utf-8")
    made = described()
    if text.partition("\n")[0] != made.partition("\n")[0]:
        pytest.skip("made from another version of xds-protos")
    assert text == made
