"""Handlers that take the client's identity from a request header."""

from __future__ import annotations

import pytest
from mtlslint.headers import names_identity
from rust_project import resolve, text_at

AXUM = """use axum::{Router, routing::get, http::HeaderMap, middleware::from_fn};
use tokio::net::TcpListener;
"""


def identities(code: str, **files: str) -> list[str]:
    """Return what the servers of a program read, as it is written."""
    files = {"src/main.rs": code, **{f"src/{name}.rs": text for name, text in files.items()}}
    document = resolve(files)
    found = {
        state["client_identity"]
        for one in document.endpoints
        for state in one.states
        if "client_identity" in state
    }
    return [text_at(files, one) for one in sorted(found, key=lambda one: one.span)]


@pytest.mark.parametrize(
    "read",
    [
        'headers.get("x-ssl-client-s-dn")',
        "headers.get(DN)",
        "headers.get(&DN)",
        "headers.get(NAME.as_str())",
        'headers.get(HeaderName::from_static("x-client-cert"))',
        'request.headers().get_all("X-Forwarded-Client-Cert").iter()',
        'request.headers()["SSL_CLIENT_S_DN"]',
        'request.header("x-client-dn")',
        'request.headers().get_one("x-client-dn")',
        'parts.extra.get("x-client-dn")',
        'call.metadata().get("SSL_CLIENT_S_DN")',
        'call.parts["SSL_CLIENT_S_DN"]',
        'call.headers["SSL_CLIENT_S_DN"]',
        'warp::header("x-client-dn")',
        'warp::header::optional("x-client-dn")',
        'warp::header::exact("x-client-dn", "me")',
        'warp::header::exact_ignore_case("x-client-dn", "me")',
        'warp::filters::header::header("x-client-dn")',
        'req.map.get("SSL_CLIENT_S_DN")',
        'environ.get("x-client-dn")',
    ],
)
def test_ways_of_reading(read: str) -> None:
    code = f"""{AXUM}
const DN: &str = "x-ssl-client-s-dn";
static NAME: HeaderName = HeaderName::from_static("x-client-cert");
async fn who(headers: HeaderMap, request: Request) -> String {{ {read}.into() }}
async fn main() {{
    let app = Router::new().route("/", get(who));
    axum::serve(TcpListener::bind("0.0.0.0:80").await?, app).await
}}"""
    assert len(identities(code)) == 1


@pytest.mark.parametrize(
    "read",
    [
        'headers.get("x-request-id")',
        'headers.insert("x-ssl-client-s-dn", dn)',
        'response.headers().get("x-ssl-client-s-dn")',
        'client.get(url).header("x-ssl-client-s-dn", dn)',
        'headers.get(pick("x-ssl-client-s-dn", "x-client-cert"))',
        'resp.get("x-ssl-client-s-dn")',
        'answered.headers().get("x-ssl-client-s-dn")',
        'reply.header("x-ssl-client-s-dn")',
        'get(url).response().headers().get("x-ssl-client-s-dn")',
        'headers.get("x-ssl-client-s-dn", 1)',
        "headers.get()",
        'headers.contains("x-ssl-client-s-dn")',
        'environ.get("SSL_CLIENT_S_DN")',
        'environ["SSL_CLIENT_S_DN"]',
        'header("x-client-dn")',
        'other::header::optional("x-client-dn")',
        'warp::path("x-client-dn")',
        "warp::header::headers_cloned()",
        '"x-client-dn"',
    ],
)
def test_what_is_no_reading(read: str) -> None:
    code = f"""{AXUM}
async fn who(mut headers: HeaderMap) -> String {{ {read}.into() }}
async fn main() {{
    let app = Router::new().route("/", get(who));
    axum::serve(TcpListener::bind("0.0.0.0:80").await?, app).await
}}"""
    assert identities(code) == []


def test_only_the_app_that_leads_there() -> None:
    code = f"""{AXUM}
async fn who(headers: HeaderMap) -> String {{ headers.get("x-client-cert").into() }}
async fn metrics() -> String {{ String::new() }}
async fn main() {{
    let app = Router::new().route("/", get(who));
    let other = Router::new().route("/metrics", get(metrics));
    tokio::spawn(async move {{
        axum::serve(TcpListener::bind("0.0.0.0:9100").await.unwrap(), other).await
    }});
    axum::serve(TcpListener::bind("127.0.0.1:80").await.unwrap(), app).await
}}"""
    document = resolve({"src/main.rs": code})
    found = {one.address.port: "client_identity" in one.states[0] for one in document.endpoints}
    assert found == {9100: False, 80: True}


@pytest.mark.parametrize(
    "app",
    [
        'Router::new().route("/", get(hi)).layer(from_fn(identify))',
        'Router::new().route("/", get(|| async { hi() })).route_layer(from_fn(identify))',
        'Router::new().nest("/api", Router::new().route("/", get(named)))',
        "routes::all()",
    ],
)
def test_where_it_may_be_read(app: str) -> None:
    routes = """use axum::{Router, routing::get};
pub fn all() -> Router { Router::new().route("/", get(crate::named)) }
"""
    code = f"""{AXUM}
mod routes;
struct Caller(String);
impl<S> FromRequestParts<S> for Caller {{
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {{
        Ok(Caller(dn(&parts.headers)?))
    }}
}}
fn dn(headers: &HeaderMap) -> Option<String> {{ headers.get("x-ssl-client-s-dn")?.to_str().ok() }}
async fn identify(request: Request, next: Next) -> Response {{ dn(request.headers()); }}
async fn named(who: Caller) -> String {{ who.0 }}
async fn hi() -> &'static str {{ "hi" }}
async fn main() {{
    axum::serve(TcpListener::bind("0.0.0.0:80").await?, {app}).await
}}"""
    assert identities(code, routes=routes) == ['get("x-ssl-client-s-dn")']


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("who", True),
        ("|h| async { who(h) }", True),
        ("|h| async { hi(); deep(h) }", True),
        ("deep", True),
        ("Users::who", True),
        ("Others::who", False),
        ("tests::checked", False),
        ("hi", False),
        ("|h| async { hi() }", False),
        ("elsewhere::handler", False),
    ],
)
def test_who_leads_to_what_is_read(named: str, found: bool) -> None:
    code = f"""{AXUM}
async fn who(h: HeaderMap) -> String {{ h.headers().get("x-client-cert").into() }}
async fn deep(h: HeaderMap) -> String {{ deeper(h) }}
fn deeper(h: HeaderMap) -> String {{ who(h) }}
async fn hi() -> &'static str {{ "hi" }}
struct Users {{ n: u8 }}
impl Users {{
    async fn who(h: HeaderMap) -> String {{ h.headers().get("x-client-dn").into() }}
    async fn shown(&self, h: HeaderMap) -> String {{ Users::who(h) }}
}}
struct Others;
impl Others {{ async fn who(h: HeaderMap) -> String {{ String::new() }} }}
#[cfg(test)] mod tests {{ fn checked(h: HeaderMap) {{ h.headers().get("x-client-cert"); }} }}
async fn main() {{
    let app = Router::new().route("/", get({named}));
    axum::serve(TcpListener::bind("0.0.0.0:80").await?, app).await
}}"""
    assert bool(identities(code)) is found


def test_a_program_that_drops_what_clients_send() -> None:
    code = f"""{AXUM}
async fn who(headers: HeaderMap) -> String {{ headers.get("x-client-cert").into() }}
async fn identify(mut request: Request, next: Next) -> Response {{
    request.headers_mut().remove("x-client-cert");
}}
async fn main() {{
    let app = Router::new().route("/", get(who)).layer(from_fn(identify));
    axum::serve(TcpListener::bind("0.0.0.0:80").await?, app).await
}}"""
    assert identities(code) == []


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("X-SSL-Client-Verify", True),
        ("HTTP_X_FORWARDED_CLIENT_CERT", True),
        ("ssl-client-subject-dn", True),
        ("X-Amzn-Mtls-Clientcert-Subject", True),
        ("Client-Cert-Chain", True),
        ("X-SSL-Cert", True),
        ("X-Client-Id", False),
        ("X-Client-Fingerprint", False),
        ("X-SSL-Cipher", False),
        ("X-TLS-Version", False),
    ],
)
def test_names(header: str, told: bool) -> None:
    assert names_identity(header) is told


MUTUAL = """use std::sync::Arc;
use rustls::{RootCertStore, ServerConfig, server::WebPkiClientVerifier};
use actix_web::{App, HttpRequest, HttpServer};
fn config(roots: RootCertStore) -> ServerConfig {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
    ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(c(), k()).unwrap()
}
"""
SERVE = 'HttpServer::new(|| App::new().service(hi)).bind_rustls_0_23("0.0.0.0:1", tls)?.run().await'


def checked(code: str) -> set[object]:
    states = [state for one in resolve(code).endpoints for state in one.states]
    return {state["client_identity"].value for state in states if "client_identity" in state}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("", {"unchecked"}),
        ("fn who(c: &ServerConnection) -> X { c.peer_certificates() }", {None}),
        ("fn who(c: &SslRef) -> X { c.peer_certificate() }", {None}),
        ("fn who(cert: rocket::mtls::Certificate<'_>) -> X { cert.subject() }", {None}),
        ("async fn who(Extension(who): Extension<ClientCertificate>) -> X { who }", {None}),
        (
            "#[cfg(test)] mod tests { fn who(c: &Connection) { c.peer_certificates() } }",
            {"unchecked"},
        ),
    ],
)
def test_whose_certificate_it_is(more: str, found: set[object]) -> None:
    code = f"{MUTUAL}{more}\nasync fn main() {{ let tls = config(roots()); {SERVE} }}"
    assert checked(code) == found


def test_a_header_beside_a_certificate() -> None:
    more = 'async fn hi(r: HttpRequest) -> X { r.headers().get("x-client-cert") }'
    main = f"async fn main() {{ let tls = config(roots()); {SERVE} }}"
    assert checked(f"{MUTUAL}{more}\n{main}") == {"header"}
    open_ = "ServerConfig::builder().with_no_client_auth().with_single_cert(c(), k()).unwrap()"
    main = f"async fn main() {{ let tls = {open_}; {SERVE} }}"
    assert checked(f"{MUTUAL}{more}\n{main}") == {"header"}
    assert checked(f"{MUTUAL}async fn hi() -> X {{ x() }}\n{main}") == set()


def test_who_uses_a_configuration_may_look() -> None:
    assert checked(f"{MUTUAL}pub fn tls() -> ServerConfig {{ config(roots()) }}") == set()


def test_an_own_verifier_may_look() -> None:
    code = MUTUAL.replace(
        "with_client_cert_verifier(verifier)",
        "with_client_cert_verifier(Arc::new(Named(verifier)))",
    )
    code += """struct Named(Arc<dyn ClientCertVerifier>);
impl rustls::server::danger::ClientCertVerifier for Named {
    fn verify_client_cert(&self, e: &C, i: &[C], now: UnixTime) -> Result<X, Error> {
        if !named(e) { return Err(Error::General("no".into())); }
        self.0.verify_client_cert(e, i, now)
    }
}
"""
    assert checked(f"{code}async fn main() {{ let tls = config(roots()); {SERVE} }}") == {None}
