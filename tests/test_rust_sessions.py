"""Sessions that a laxer configuration begins and a stricter one resumes; revocation; depth."""

from __future__ import annotations

import pytest
from mtlslint.model import Document
from rust_project import USES, VERIFIER, one, resolve, text_at, value, values

HEAD = f"""{USES}{VERIFIER}
use rustls::server::ServerSessionMemoryCache;
fn strict() -> ServerConfig {{
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots())).build().unwrap();
    ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(c(), k()).unwrap()
}}
fn open() -> ServerConfig {{
    ServerConfig::builder().with_no_client_auth().with_single_cert(c(), k()).unwrap()
}}
"""
BINDS = """
    HttpServer::new(App::new).bind_rustls_0_23("0.0.0.0:1", a)?.bind_rustls_0_23("0.0.0.0:2", b)?
"""
RETURNS = "(a, b)"


def shared(document: Document, code: str) -> set[tuple[str, str]]:
    return {
        (str(state["client_auth"].value), text_at(code, state["resumption"]))
        for each in document.endpoints
        for state in each.states
        if "resumption" in state
    }


@pytest.mark.parametrize("end", [BINDS, RETURNS])
@pytest.mark.parametrize(
    ("store", "fields", "found"),
    [
        ("ServerSessionMemoryCache::new(256)", "session_storage", True),
        ("rustls::crypto::ring::Ticketer::new()?", "ticketer", True),
        ("rustls::Ticketer::new().unwrap()", "ticketer", True),
    ],
)
def test_one_store_for_both(end: str, store: str, fields: str, found: bool) -> None:
    code = f"""{HEAD}use actix_web::{{App, HttpServer}};
fn main() -> Result<X> {{
    let sessions = {store};
    let (mut a, mut b) = (strict(), open());
    a.{fields} = sessions.clone();
    b.{fields} = Arc::clone(&sessions);
    {end}
}}"""
    assert bool(shared(resolve(code), code)) == found


@pytest.mark.parametrize(
    "body",
    [
        "a.session_storage = ServerSessionMemoryCache::new(9); "
        "b.session_storage = ServerSessionMemoryCache::new(9);",
        "a.session_storage = cache(); b.session_storage = cache();",
        "a.session_storage = cache();",
        "let s = cache(); a.session_storage = s.clone(); b.ticketer = s;",
        "let mut b = strict(); let s = cache(); a.session_storage = s.clone(); "
        "b.session_storage = s;",
    ],
)
def test_stores_of_their_own(body: str) -> None:
    code = f"""{HEAD}fn cache() -> Arc<X> {{ ServerSessionMemoryCache::new(64) }}
fn both() -> (ServerConfig, ServerConfig) {{
    let (mut a, mut b) = (strict(), open());
    {body}
    (a, b)
}}"""
    assert shared(resolve(code), code) == set()


def test_a_static_store_is_one() -> None:
    code = f"""{HEAD}
static SESSIONS: LazyLock<Arc<X>> = LazyLock::new(|| ServerSessionMemoryCache::new(1024));
fn both() -> (ServerConfig, ServerConfig) {{
    let (mut a, mut b) = (strict(), open());
    a.session_storage = SESSIONS.clone();
    b.session_storage = SESSIONS.clone();
    (a, b)
}}"""
    assert shared(resolve(code), code) == {("required", "a.session_storage = SESSIONS.clone()")}


@pytest.mark.parametrize(
    ("verifier", "found"),
    [
        ("WebPkiClientVerifier::builder(Arc::new(roots())).build().unwrap()", "none"),
        ("WebPkiClientVerifier::builder(r).with_crls(crls).build().unwrap()", "crl"),
        ("Arc::new(rustls::server::AllowAnyAuthenticatedClient::new(roots()))", "none"),
        ("Arc::new(AllowAnyAuthenticatedClient::new(r).with_crls(crls)?)", "crl"),
        ("from_elsewhere()", "missing"),
    ],
)
def test_revocation(verifier: str, found: str) -> None:
    code = f"""{HEAD}use rustls::server::AllowAnyAuthenticatedClient;
pub fn config(r: X, crls: Vec<X>) -> Result<ServerConfig> {{
    let v = {verifier};
    ServerConfig::builder().with_client_cert_verifier(v).with_single_cert(c(), k())
}}"""
    servers = [x for x in resolve(code).endpoints if x.name.endswith("in config")]
    settings = [state.get("revocation") for state in servers[0].states]
    assert {each.value if each else "missing" for each in settings} == {found}


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("", "none"),
        ("b.cert_store_mut().add_cert(ca)?;", "none"),
        ("b.cert_store_mut().set_flags(X509VerifyFlags::CRL_CHECK)?;", None),
        ("b.set_cert_store(store);", None),
    ],
)
def test_revocation_of_openssl(call: str, found: str | None) -> None:
    code = f"""use openssl::ssl::{{SslAcceptor, SslMethod, SslVerifyMode}};
pub fn acceptor(ca: X, store: X) -> Result<SslAcceptor> {{
    let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    b.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    {call}
    Ok(b.build())
}}"""
    assert value(one(code), "revocation") == found


@pytest.mark.parametrize(
    ("calls", "found"),
    [
        ("client_ca_root(ca)", "required"),
        ("client_ca_root(ca).client_auth_optional(true)", "optional"),
        ("client_auth_optional(true).client_ca_root(ca)", "optional"),
        ("client_auth_optional(false).client_ca_root(ca)", "required"),
        ("client_auth_optional(lax).client_ca_root(ca)", None),
        ("client_auth_optional(true)", "none"),
    ],
)
def test_tonic_setters_in_any_order(calls: str, found: str | None) -> None:
    code = f"""use tonic::transport::{{Server, ServerTlsConfig}};
async fn main(lax: bool, ca: Certificate) -> Result<()> {{
    let tls = ServerTlsConfig::new().identity(id()).{calls};
    Server::builder().tls_config(tls)?.add_service(s()).serve("0.0.0.0:1".parse()?).await
}}"""
    assert value(one(code), "client_auth") == found


@pytest.mark.parametrize(("other", "found"), [("STORE", {"shared"}), ("OTHER", {"missing"})])
def test_a_store_in_a_constant_is_the_same_everywhere(other: str, found: set[str]) -> None:
    made = (
        "LazyLock<Arc<ServerSessionMemoryCache>> ="
        " LazyLock::new(|| ServerSessionMemoryCache::new(9));"
    )
    code = (
        f"{USES}{VERIFIER}use rustls::server::ServerSessionMemoryCache;\n"
        f"static STORE: {made}\nstatic OTHER: {made}\n"
        "fn strict() -> ServerConfig {\n"
        "let v = WebPkiClientVerifier::builder(Arc::new(roots())).build().unwrap();\n"
        "let mut c = ServerConfig::builder().with_client_cert_verifier(v)\n"
        ".with_single_cert(a(), b()).unwrap(); c.session_storage = STORE.clone(); c }\n"
        "fn lax() -> ServerConfig { let mut c = ServerConfig::builder().with_no_client_auth()\n"
        f".with_single_cert(a(), b()).unwrap(); c.session_storage = {other}.clone(); c }}"
    )
    strict = next(one for one in resolve(code).endpoints if "strict" in one.name)
    assert values(strict, "resumption") == found
