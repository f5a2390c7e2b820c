"""Rocket.toml."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mtlslint.facts import Paths, Project
from mtlslint.model import Address, Endpoint, Role
from mtlslint.parsers import rust
from mtlslint.source import Source

PATH = "Rocket.toml"
TLS = '[default.tls]\ncerts = "tls.pem"\nkey = "tls.key"\n'


def servers(text: str | bytes) -> list[Endpoint]:
    data = text if isinstance(text, bytes) else text.encode()
    facts = {PATH: rust.read(Source(PATH, data))}
    return list(rust.resolve(Project(facts, Paths((PATH,)))).endpoints)


@pytest.mark.parametrize(
    ("text", "auth", "at"),
    [
        (TLS, "none", "[default.tls]"),
        (f'{TLS}[default.tls.mutual]\nca_certs = "ca.pem"\n', "optional", "[default.tls.mutual]"),
        (
            f'{TLS}[default.tls.mutual]\nca_certs = "ca.pem"\nmandatory = true # all\n',
            "required",
            "mandatory = true",
        ),
        (
            f'{TLS}[default.tls.mutual]\nca_certs = "ca.pem"\nmandatory = false\n',
            "optional",
            "mandatory = false",
        ),
        (
            f'{TLS}[default.tls.mutual]\nca_certs = "ca.pem"\n[release.tls.mutual]\n'
            "mandatory = true\n[debug.tls.mutual]\nmandatory = false\n",
            "required",
            "mandatory = true",
        ),
        (
            '[default]\ntls = { certs = "a.pem", key = "a.key" }\n'
            'tls.mutual = { ca_certs = "ca.pem", mandatory = true }\n',
            "required",
            'tls.mutual = { ca_certs = "ca.pem", mandatory = true }',
        ),
        (f"# [default.tls.mutual]\n{TLS}", "none", "[default.tls]"),
        (f'{TLS}[default.tls.mutual]\nca_certs = "x"\nmandatory = {{{{ m }}}}\n', None, None),
    ],
)
def test_client_authentication(text: str, auth: str | None, at: str | None) -> None:
    (found,) = servers(text)
    setting = found.states[0]["client_auth"]
    assert setting.value == auth
    if at is not None:
        assert text.encode()[setting.span.start : setting.span.end].decode() == at


@pytest.mark.parametrize(
    ("top", "where", "reach"),
    [
        ("", Address("127.0.0.1", 8000), "local"),
        ('[default]\naddress = "0.0.0.0"\nport = 8443\n', Address("0.0.0.0", 8443), "network"),
        ('[default]\naddress = "10.0.0.1"\n', Address("10.0.0.1", 8000), "network"),
        ('[debug]\naddress = "0.0.0.0"\n', Address("127.0.0.1", 8000), "local"),
    ],
)
def test_where_it_listens(top: str, where: Address, reach: str) -> None:
    (found,) = servers(top + TLS)
    assert found.address == where
    assert found.states[0]["reach"].value == reach


def test_no_tls_no_endpoint() -> None:
    assert servers("[default]\nport = 80\n# tls\n") == []


def test_comments_speak() -> None:
    facts = rust.read(Source(PATH, b"[default.tls] # mtlslint: ignore[MTLS103] inside\n"))
    assert [(one.text, one.alone) for one in facts.comments] == [("ignore[MTLS103] inside", False)]


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    for one in servers(b"[default.tls]\n" + data):
        for setting in one.states[0].values():
            assert 0 <= setting.span.start <= setting.span.end <= len(data) + 14


MUTUAL = f'{TLS}[default.tls.mutual]\nca_certs = "ca.pem"\nmandatory = true\n'
ROOT = '[workspace]\nmembers = ["web"]\n[workspace.dependencies]\nrocket = "0.5"\n'


@pytest.mark.parametrize(
    ("manifests", "auth"),
    [
        ({}, "required"),
        (
            {"Cargo.toml": '[dependencies]\nrocket = { version = "0.5", features = ["tls"] }'},
            "none",
        ),
        ({"Cargo.toml": '[dependencies.rocket]\nversion = "0.5"\n'}, "none"),
        (
            {"Cargo.toml": '[dependencies]\nrocket = { version = "0.5", features = ["mtls"] }'},
            "required",
        ),
        (
            {"Cargo.toml": '[dependencies]\nrocket = "0.5"\n[features]\nwith = ["rocket/mtls"]'},
            "required",
        ),
        ({"Cargo.toml": '[dependencies]\naxum = "0.8"\n'}, "required"),
        (
            {
                "Cargo.toml": '[dependencies]\nrocket = "0.5"\n',
                "x/Cargo.toml": 'rocket = {f = ["mtls"]}',
            },
            "required",
        ),
    ],
)
def test_the_table_needs_a_feature_of_the_crate(manifests: dict[str, str], auth: str) -> None:
    texts = {PATH: MUTUAL, **manifests}
    facts = {path: rust.read(Source(path, text.encode())) for path, text in texts.items()}
    (server,) = rust.resolve(Project(facts, Paths(tuple(sorted(texts))))).endpoints
    assert server.states[0]["client_auth"].value == auth
    assert server.states[0]["client_auth_intent"].value == "asked"


def test_the_manifest_beside_it_counts() -> None:
    texts = {
        "web/Rocket.toml": MUTUAL,
        "web/Cargo.toml": '[dependencies]\nrocket = "0.5"\n',
        "Cargo.toml": '[dependencies]\naxum = "0.8"\n',
    }
    facts = {path: rust.read(Source(path, text.encode())) for path, text in texts.items()}
    (server,) = rust.resolve(Project(facts, Paths(tuple(sorted(texts))))).endpoints
    assert server.states[0]["client_auth"].value == "none"


def test_a_workspace_says_which_features_there_are() -> None:
    texts = {
        "web/Rocket.toml": MUTUAL,
        "web/Cargo.toml": "[dependencies]\nrocket.workspace = true\n",
        "Cargo.toml": ROOT,
    }
    found = []
    for root in (ROOT, ROOT.replace('"0.5"', '{ version = "0.5", features = ["mtls"] }')):
        texts["Cargo.toml"] = root
        facts = {path: rust.read(Source(path, text.encode())) for path, text in texts.items()}
        (server,) = rust.resolve(Project(facts, Paths(tuple(sorted(texts))))).endpoints
        found.append(server.states[0]["client_auth"].value)
    assert found == ["none", "required"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[release]\naddress = "0.0.0.0"\nport = 80\n', [("plaintext", "network")]),
        (
            '[default]\naddress = "0.0.0.0"\n[release]\naddress = "127.0.0.1"\n',
            [("plaintext", "local")],
        ),
        ("[default]\nport = 80\n", []),
        ('[debug]\naddress = "0.0.0.0"\n', []),
    ],
)
def test_a_rocket_without_tls(text: str, found: list[tuple[str, str]]) -> None:
    states = [server.states[0] for server in servers(text)]
    assert [(one["transport"].value, one["reach"].value) for one in states] == found
    assert all("client_auth" not in one for one in states)


def test_files_are_named_by_every_profile() -> None:
    text = """
[default.tls]
certs = "../tls/chain.pem"
key = "private/key.pem"

[with_ed25519.tls]
key = "private/ed25519.pem"

[staging.tls.mutual]
ca_certs = "ca.pem"
"""
    facts = {PATH: rust.read(Source(PATH, text.encode()))}
    named = rust.resolve(Project(facts, Paths((PATH,)))).named
    assert [(one.name, one.role) for one in named] == [
        ("../tls/chain.pem", Role.CHAIN),
        ("private/key.pem", Role.KEY),
        ("private/ed25519.pem", Role.KEY),
        ("ca.pem", Role.ANCHOR),
    ]
    assert text[named[1].span.start : named[1].span.end] == 'key = "private/key.pem"'


def test_all_that_is_told_of_a_server_with_mutual_tls() -> None:
    text = f'{TLS}[default.tls.mutual]\nca_certs = "ca.pem"\nmandatory = true\n'
    (found,) = servers(text)
    told = {name: one.value for name, one in found.states[0].items()}
    assert told == {
        "transport": "tls",
        "reach": "local",
        "tier": "app",
        "min_version": "TLSv1.2",
        "client_auth": "required",
        "client_auth_intent": "asked",
        "client_chain": "verified",
        "client_ca": "private",
        "client_identity": "unchecked",
        "revocation": "none",
    }
    assert found.states[0]["reach"].origin.value == "default"
    assert (found.technology, found.test_code) == ("rust", False)


@pytest.mark.parametrize("key", ["certs", "key"])
def test_one_dotted_key_is_enough_for_tls(key: str) -> None:
    (found,) = servers(f'[default]\ntls.{key} = "a.pem"\n')
    assert found.states[0]["client_auth"].value == "none"


def test_what_holds_for_every_profile_wins() -> None:
    (found,) = servers(f'{TLS}[global]\naddress = "0.0.0.0"\n[release]\naddress = "::1"\n')
    setting = found.states[0]["reach"]
    assert (setting.value, setting.origin.value) == ("network", "explicit")
