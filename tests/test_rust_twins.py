"""Servers of one program beside each other: what serves the same, what shares sessions."""

from __future__ import annotations

import pytest
from mtlslint.model import Document
from rust_project import MADE, USES, VERIFIER, resolve, values

KEYS = ".with_single_cert(chain(), key()).unwrap()"
CONFIGS = f"""{USES}{VERIFIER}
use axum::{{Router, routing::get}};
use axum_server::tls_rustls::RustlsConfig;
use tokio::net::TcpListener;
fn mutual() -> ServerConfig {{
    let v = {MADE}.build().unwrap();
    ServerConfig::builder().with_client_cert_verifier(v){KEYS}
}}
fn open() -> ServerConfig {{ ServerConfig::builder().with_no_client_auth(){KEYS} }}
fn app() -> Router {{ Router::new().route("/", get(hi)) }}
"""


def tls(config: str, port: int, app: str = "app.clone()") -> str:
    """Return a server with TLS."""
    return (
        f'axum_server::bind_rustls("0.0.0.0:{port}".parse().unwrap(), '
        f"RustlsConfig::from_config(Arc::new({config}))).serve({app}.into_make_service()).await;\n"
    )


def plain(port: int, app: str = "app.clone()", host: str = "0.0.0.0") -> str:
    """Return a server without TLS."""
    return (
        f'let l = TcpListener::bind("{host}:{port}").await.unwrap();\n'
        f"axum::serve(l, {app}).await.unwrap();\n"
    )


def twins(document: Document) -> set[frozenset[int | None]]:
    """Return which ports serve the same."""
    ports = {one.id: one.address.port for one in document.endpoints}
    found = {(one.strict, one.weak) for one in document.twins}
    assert found == {(weak, strict) for strict, weak in found}
    return {frozenset(map(ports.__getitem__, pair)) for pair in found}


APP = "let app = app();\n"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (APP + tls("mutual()", 1) + plain(2), {frozenset({1, 2})}),
        (APP + tls("mutual()", 1) + tls("open()", 2), {frozenset({1, 2})}),
        (
            APP + tls("mutual()", 1) + tls("open()", 2) + plain(3),
            {frozenset({1, 2}), frozenset({1, 3}), frozenset({2, 3})},
        ),
        (APP + tls("mutual()", 1) + plain(2, "Router::new().route(B, get(other))"), set()),
        (APP + f"if x() {{ {tls('mutual()', 1)} }} else {{ {plain(2)} }}", set()),
        (APP + f"if x() {{ {tls('mutual()', 1)} return; }}\n{plain(2)}", set()),
        (APP + f"if x() {{ {tls('mutual()', 1)} }}\n{plain(2)}", {frozenset({1, 2})}),
        (
            APP + f"tokio::spawn(async move {{ {plain(2)} }});\n" + tls("mutual()", 1),
            {frozenset({1, 2})},
        ),
        (APP + tls("mutual()", 1) + "first(app.clone()).await;\n", {frozenset({1, 2})}),
        (
            APP + "match mode() { 1 => " + f"{{ {tls('mutual()', 1)} }} 2 => {{ {plain(2)} }} "
            f"_ => {{ {plain(3)} {plain(4)} }} }}",
            {frozenset({3, 4})},
        ),
        (tls("mutual()", 1, "made()") + plain(2, "made()"), set()),
    ],
)
def test_what_serves_the_same(body: str, found: set[frozenset[int]]) -> None:
    more = f"async fn first(app: Router) {{ {plain(2, 'app')} }}"
    called = more if "first" in body else ""
    assert twins(resolve(f"{CONFIGS}async fn main() {{ {body} }}\n{called}")) == found


def test_a_configuration_that_is_replaced_keeps_its_address() -> None:
    files = f"""{CONFIGS}
async fn main() {{
    let config = RustlsConfig::from_config(Arc::new(mutual()));
    tokio::spawn(watch(config.clone()));
    axum_server::bind_rustls("127.0.0.1:1".parse().unwrap(), config).serve(app()).await;
}}
async fn watch(config: RustlsConfig) {{
    loop {{ wait().await; config.reload_from_pem_file("a", "b").await; }}
}}"""
    document = resolve(files)
    again = [one for one in document.endpoints if "reload" in one.name]
    assert [values(one, "client_auth") for one in again] == [{"none"}]
    assert [values(one, "reach") for one in again] == [{"local"}]
    assert len(document.twins) == 2


@pytest.mark.parametrize(
    ("strict", "lax", "shared"),
    [
        ("c.session_storage = store.clone();", "o.session_storage = store;", True),
        ("c.ticketer = keys.clone();", "o.ticketer = keys;", True),
        ("c.session_storage = store.clone();", "o.session_storage = other;", False),
        ("c.session_storage = store.clone();", "o.ticketer = store;", False),
        ("c.session_storage = store.clone();", "", False),
        ("", "o.session_storage = store;", False),
        ("c.session_storage = CACHE.clone();", "o.session_storage = CACHE.clone();", True),
    ],
)
def test_sessions_that_are_shared(strict: str, lax: str, shared: bool) -> None:
    files = f"""{CONFIGS}
static CACHE: LazyLock<S> = LazyLock::new(|| rustls::server::ServerSessionMemoryCache::new(9));
async fn main() {{
    let app = app();
    let store = rustls::server::ServerSessionMemoryCache::new(256);
    let other = rustls::server::ServerSessionMemoryCache::new(256);
    let keys = rustls::crypto::ring::Ticketer::new().unwrap();
    let mut c = mutual(); {strict}
    let mut o = open(); {lax}
    {tls("c", 1)}{tls("o", 2)}
}}"""
    found = {one.address.port: one for one in resolve(files).endpoints}
    assert ("shared" in values(found[1], "resumption")) is shared
    assert "shared" not in values(found[2], "resumption")
