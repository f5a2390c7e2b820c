"""What the README promises, on real technologies: small files, one promise each."""

from __future__ import annotations

from datetime import date

import pytest
from marks import reported, run
from mtlslint.catalogue import load_rules
from mtlslint.config import Config
from mtlslint.engine import check
from mtlslint.files import MemoryFiles, OverlayFiles
from mtlslint.reporters import View
from mtlslint.reporters.json import render

SITE = """\
server {
    listen 443 ssl;
    server_name %s.example.com;
    ssl_protocols TLSv1.2 TLSv1.3;
    include snippets/clients.conf;
    location / { proxy_pass http://127.0.0.1:3000; }
}
"""
SNIPPET = "ssl_client_certificate /etc/nginx/ca.pem;\nssl_verify_client %s;\n"
PROJECT = {
    "conf.d/a.conf": (SITE % "a").encode(),
    "conf.d/b.conf": (SITE % "b").encode(),
    "snippets/clients.conf": (SNIPPET % "on").encode(),
}
OPTIONAL = (SNIPPET % "optional").encode()


def test_one_snippet_in_two_servers_is_one_finding_with_both_as_related_places() -> None:
    result = run({**PROJECT, "snippets/clients.conf": OPTIONAL}, "mtls")
    assert sorted(reported(result)) == [("snippets/clients.conf", 2, "MTLS101")]
    related = [place.span for place in result.findings[0].related]
    assert {
        (span.path, result.sources.text(span)) for span in related if "conf.d" in span.path
    } >= {
        ("conf.d/a.conf", "include snippets/clients.conf"),
        ("conf.d/b.conf", "include snippets/clients.conf"),
    }


def test_an_include_changed_only_in_the_editor_changes_the_verdict() -> None:
    held = MemoryFiles(PROJECT)
    rules, config, today = load_rules(), Config(profile="mtls"), date(2026, 11, 1)
    cache: dict = {}
    assert reported(check(held, config, rules, today, cache=cache)) == {}
    edited = OverlayFiles(held, {"snippets/clients.conf": OPTIONAL})
    assert sorted(reported(check(edited, config, rules, today, cache=cache))) == [
        ("snippets/clients.conf", 2, "MTLS101")
    ]


def test_the_number_of_processes_changes_no_byte_of_the_output(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mtlslint.reading.POOL_BYTES", 1)
    held = MemoryFiles({**PROJECT, "snippets/clients.conf": OPTIONAL, "src/main.rs": RUST})
    rules, config, today = load_rules(), Config(), date(2026, 11, 1)
    one = render(check(held, config, rules, today, workers=1), View())
    assert one == render(check(held, config, rules, today, workers=8), View())
    assert "src/main.rs" in one


RUST = b"""\
use std::sync::Arc;
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};

fn verifier(roots: RootCertStore) -> Arc<dyn rustls::server::danger::ClientCertVerifier> {
    WebPkiClientVerifier::builder(Arc::new(roots))
        .allow_unauthenticated()
        .build()
        .unwrap()
}

pub async fn serve(roots: RootCertStore, app: axum::Router) {
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier(roots))
        .with_single_cert(chain(), key())
        .unwrap();
    let tls = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(config));
    axum_server::bind_rustls("0.0.0.0:8443".parse().unwrap(), tls)
        .serve(app.into_make_service())
        .await
        .unwrap();
}
"""


def test_a_verifier_in_a_helper_is_reported_on_the_helpers_line() -> None:
    assert sorted(reported(run({"src/main.rs": RUST}, "mtls"))) == [("src/main.rs", 6, "MTLS101")]
    strict = RUST.replace(b"        .allow_unauthenticated()\n", b"")
    assert reported(run({"src/main.rs": strict}, "mtls")) == {}


BRANCHES = """\
import ssl

def context(insecure):
    context = ssl.create_default_context()
    if insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
"""


def test_two_settings_of_one_branch_are_never_paired_with_another_branchs() -> None:
    # Unverified chain *and* name on one path, both verified on the other: 401, and never 402.
    assert {rule for *_, rule in reported(run({"app.py": BRANCHES.encode()}, "mtls"))} == {
        "MTLS401"
    }
