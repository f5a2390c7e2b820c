"""Servers: what is bound where, with which configuration, and what serves the same."""

from __future__ import annotations

import pytest
from mtlslint.model import Address, Document, Endpoint
from rust_project import USES, VERIFIER, one, resolve, text_at, value, values, where

CONFIG = f"""{USES}{VERIFIER}
fn mutual() -> ServerConfig {{
    let v = WebPkiClientVerifier::builder(Arc::new(roots())).build().unwrap();
    ServerConfig::builder().with_client_cert_verifier(v).with_single_cert(chain(), key()).unwrap()
}}
fn open() -> ServerConfig {{
    ServerConfig::builder().with_no_client_auth().with_single_cert(chain(), key()).unwrap()
}}
"""


def axum(body: str) -> str:
    return (
        "use axum::{Router, routing::get};\nuse tokio::net::TcpListener;\n"
        f'async fn main() {{ let app = Router::new().route("/", get(hi));\n{body}\n}}'
    )


def actix(body: str) -> str:
    return (
        f"{CONFIG}use actix_web::{{App, HttpServer}};\n"
        f"async fn main() -> Result<()> {{ HttpServer::new(|| App::new().service(hi))\n{body}\n"
        ".run().await }"
    )


@pytest.mark.parametrize(
    ("address", "found", "reach"),
    [
        ('"0.0.0.0:8080"', Address("0.0.0.0", 8080), "network"),
        ('"127.0.0.1:8080"', Address("127.0.0.1", 8080), "local"),
        ('"[::1]:8080"', Address("::1", 8080), "local"),
        ('"localhost:80"', Address("localhost", 80), "local"),
        ('("0.0.0.0", 8443)', Address("0.0.0.0", 8443), "network"),
        ("SocketAddr::from(([0, 0, 0, 0], 3000))", Address("0.0.0.0", 3000), "network"),
        ("SocketAddr::from(([127, 0, 0, 1], PORT))", Address("127.0.0.1", 3000), "local"),
        ('"0.0.0.0:3000".parse::<SocketAddr>().unwrap()', Address("0.0.0.0", 3000), "network"),
        ("(Ipv4Addr::UNSPECIFIED, 80)", Address("0.0.0.0", 80), "network"),
        (
            "SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8443)",
            Address("127.0.0.1", 8443),
            "local",
        ),
        ("(Ipv4Addr::new(10, 0, 0, 1), 80)", Address("10.0.0.1", 80), "network"),
        ("([0; 4], 80)", Address("0.0.0.0", 80), "network"),
        ("([0; 5], 80)", Address(None, 80), None),
        ("(Ipv6Addr::from([0; 16]), 80)", Address("::", 80), "network"),
        ("SocketAddrV6::new(Ipv6Addr::LOCALHOST, 80, 0, 0)", Address("::1", 80), "local"),
        ('SocketAddr::from_str("0.0.0.0:80").unwrap()', Address("0.0.0.0", 80), "network"),
        ('format!("0.0.0.0:{}", port)', Address("0.0.0.0", None), "network"),
        ('format!("{host}:{PORT}")', Address(None, 3000), None),
        ("addr", Address(), None),
        ('env::var("A").unwrap_or_else(|_| "127.0.0.1:80".into())', Address(), None),
        ("ADDR", Address("0.0.0.0", 8080), "network"),
    ],
)
def test_addresses(address: str, found: Address, reach: str | None) -> None:
    files = (
        'const ADDR: &str = "0.0.0.0:8080";\nconst PORT: u16 = 3000;\n'
        "use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};\n"
    ) + axum(f"let l = TcpListener::bind({address}).await.unwrap();\naxum::serve(l, app).await;")
    endpoint = one(files)
    assert endpoint.address == found
    assert value(endpoint, "reach") == reach
    assert value(endpoint, "transport") == "plaintext"
    assert where(files, endpoint, "transport", "plaintext") == "axum::serve(l, app)"


@pytest.mark.parametrize(
    ("address", "port"),
    [
        ('env::var("A").unwrap_or_else(|_| "0.0.0.0:80".into())', None),
        ('format!("{}:3000", env::var("A").unwrap_or("0.0.0.0".to_string()))', 3000),
    ],
)
def test_an_address_may_be_set_in_place_of_the_usual_one(address: str, port: int | None) -> None:
    files = axum(
        f"let l = TcpListener::bind({address}).await.unwrap();\naxum::serve(l, app).await;"
    )
    endpoint = one(files)
    assert endpoint.address == Address(None, port)
    assert values(endpoint, "reach") == {"network", None}


def test_a_listener_that_is_not_known_may_speak_tls() -> None:
    files = axum("axum::serve(tls_listener(), app).await;")
    assert value(one(files), "transport") is None


def test_unix_sockets_are_local() -> None:
    files = axum(
        'let l = tokio::net::UnixListener::bind("/run/app").unwrap();\naxum::serve(l, app).await;'
    )
    assert value(one(files), "reach") == "local"


def test_axum_server_with_a_config() -> None:
    files = CONFIG + axum(
        "let config = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(mutual()));\n"
        'axum_server::bind_rustls("0.0.0.0:443".parse().unwrap(), config)\n'
        "    .serve(app.into_make_service()).await;"
    )
    document = resolve(files)
    endpoints = {e.name: e for e in document.endpoints}
    name = "src/main.rs: axum_server::bind_rustls in main"
    assert values_of(endpoints[name]) == ("tls", "required", "network")


def values_of(endpoint: Endpoint) -> tuple[object, ...]:
    return tuple(value(endpoint, name) for name in ("transport", "client_auth", "reach"))


@pytest.mark.parametrize(
    "make",
    [
        'RustlsConfig::from_pem_file("a", "b").await.unwrap()',
        "RustlsConfig::from_pem(a, b).await?",
        "RustlsConfig::from_der(a, b).await?",
    ],
)
def test_axum_server_from_files_never_asks(make: str) -> None:
    files = "use axum_server::tls_rustls::RustlsConfig;\n" + axum(
        f"let config = {make};\naxum_server::bind_rustls(addr, config).serve(app).await;"
    )
    endpoint = one(files)
    assert value(endpoint, "client_auth") == "none"
    assert text_at(files, endpoint.states[0]["client_auth"]).startswith("RustlsConfig::from_")


def test_actix_binds_are_endpoints_of_one_app() -> None:
    files = actix('.bind("0.0.0.0:8080")?\n.bind_rustls_0_23("0.0.0.0:8443", mutual())?')
    document = resolve(files)
    plain, tls = sorted(
        (e for e in document.endpoints if "bind" in e.name), key=lambda e: e.head.start
    )
    assert text_at(files, plain.states[0]["transport"]) == 'bind("0.0.0.0:8080")'
    assert values_of(tls) == ("tls", "required", "network")
    assert {(t.strict, t.weak) for t in document.twins} == {(plain.id, tls.id), (tls.id, plain.id)}


def test_two_arms_of_a_choice_are_no_twins() -> None:
    files = CONFIG + (
        "use actix_web::{App, HttpServer};\n"
        "fn main() { let server = HttpServer::new(|| App::new());\n"
        'let server = if tls { server.bind_rustls_0_23("0.0.0.0:1", mutual()).unwrap() }\n'
        'else { server.bind("0.0.0.0:1").unwrap() }; server.run(); }'
    )
    assert resolve(files).twins == ()


def twins_of(document: Document) -> set[frozenset[str]]:
    names = {e.id: e.name.partition(": ")[2].partition(" in")[0] for e in document.endpoints}
    return {frozenset({names[t.strict], names[t.weak]}) for t in document.twins}


def test_one_router_served_twice() -> None:
    files = CONFIG + axum(
        "let config = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(mutual()));\n"
        'let l = TcpListener::bind("0.0.0.0:80").await.unwrap();\nlet plain = app.clone();\n'
        "tokio::spawn(async move { axum::serve(l, plain).await });\n"
        "axum_server::bind_rustls(addr, config).serve(app.into_make_service()).await;"
    )
    assert twins_of(resolve(files)) == {frozenset({"axum::serve", "axum_server::bind_rustls"})}


SERVE = """
async fn secret(app: Router, addr: SocketAddr, tls: &Files) {
    let config = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(mutual()));
    axum_server::bind_rustls(addr, config).serve(app.into_make_service()).await;
}
async fn plain(app: Router, addr: SocketAddr) {
    let l = TcpListener::bind(addr).await.unwrap();
    axum::serve(l, app).await;
}
async fn serve(app: Router, addr: SocketAddr, tls: Option<Files>) { ARMS }
"""


@pytest.mark.parametrize(
    ("arms", "served", "twins"),
    [
        ("match &tls { Some(t) => secret(app, addr, t).await, None => plain(app, addr).await }",
         "serve(app.clone(), addr, x()).await; serve(app, addr, x()).await;", 0),
        ("if let Some(t) = &tls { return secret(app, addr, t).await; } plain(app, addr).await",
         "serve(app.clone(), addr, x()).await; serve(app, addr, x()).await;", 0),
        ("match &tls { Some(t) => secret(app, addr, t).await, None => plain(app, addr).await }",
         "serve(app.clone(), addr, Some(x())).await; serve(app, addr, None).await;", 1),
        ("match &tls { Some(t) => secret(app, addr, t).await, None => plain(app, addr).await }",
         "serve(app.clone(), addr, x()).await; serve(app, addr, None).await;", 1),
        ("if let Some(t) = &tls { spawn(secret(app.clone(), addr, t)); } plain(app, addr).await",
         "serve(app, addr, x()).await;", 1),
        ("if on { spawn(secret(app.clone(), addr, t)); } if other { plain(app, addr).await }",
         "serve(app, addr, x()).await;", 1),
    ],
)  # fmt: skip
def test_arms_exclude_each_other_however_often_they_are_reached(
    arms: str, served: str, twins: int
) -> None:
    files = CONFIG + SERVE.replace("ARMS", arms) + axum(served)
    assert len(twins_of(resolve(files))) == twins


def test_two_routers_are_two_apps() -> None:
    files = CONFIG + axum(
        "let config = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(mutual()));\n"
        'let l = TcpListener::bind("0.0.0.0:80").await.unwrap();\nlet other = Router::new();\n'
        "tokio::spawn(async move { axum::serve(l, other).await });\n"
        "axum_server::bind_rustls(addr, config).serve(app.into_make_service()).await;"
    )
    assert resolve(files).twins == ()


@pytest.mark.parametrize(
    ("call", "twins"),
    [('reload_from_pem_file("a", "b")', 1), ("reload_from_config(other)", 0)],
)
def test_reloading_files_drops_client_authentication(call: str, twins: int) -> None:
    files = CONFIG + axum(
        "let config = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(mutual()));\n"
        "tokio::spawn(watch(config.clone()));\n"
        'axum_server::bind_rustls("0.0.0.0:1".parse().unwrap(), config).serve(app).await;'
    )
    files += f"async fn watch(c: RustlsConfig) {{ loop {{ wait().await; c.{call}.await; }} }}"
    assert len(twins_of(resolve(files))) == twins


@pytest.mark.parametrize(
    "app",
    [
        "let redirect = move |h: Host| async move { Redirect::permanent(&to(h)) };\n"
        "axum::serve(l, redirect.into_make_service()).await;",
        "let other = Router::new().fallback(to_https);\naxum::serve(l, other).await;",
    ],
)
def test_a_listener_that_only_redirects(app: str) -> None:
    files = axum(f'let l = TcpListener::bind("0.0.0.0:80").await.unwrap();\n{app}')
    files += "async fn to_https(h: Host) -> Redirect { Redirect::permanent(&to(h)) }"
    assert value(one(files), "serves") == "nothing"


def test_accept_loop() -> None:
    files = CONFIG + (
        "use tokio_rustls::TlsAcceptor;\nasync fn main() {\n"
        "let acceptor = TlsAcceptor::from(Arc::new(open()));\n"
        'let listener = tokio::net::TcpListener::bind("127.0.0.1:8443").await.unwrap();\n'
        "loop { let (socket, _) = listener.accept().await?; let acceptor = acceptor.clone();\n"
        "tokio::spawn(async move { let stream = acceptor.accept(socket).await?; }); } }"
    )
    found = [e for e in resolve(files).endpoints if e.side == "server"]
    assert [values_of(e) for e in found if "TlsAcceptor" in e.name] == [("tls", "none", "local")]


def test_what_a_constructor_stores_is_known_to_the_methods() -> None:
    files = CONFIG + (
        "struct Server { acceptor: TlsAcceptor, listener: TcpListener }\n"
        "impl Server { pub fn new() -> Self { Server {\n"
        "  acceptor: tokio_rustls::TlsAcceptor::from(Arc::new(mutual())),\n"
        '  listener: std::net::TcpListener::bind("127.0.0.1:1").unwrap() } }\n'
        "pub fn run(&self) { let (s, _) = self.listener.accept().unwrap();\n"
        "  self.acceptor.accept(s); } }"
    )
    found = [e for e in resolve(files).endpoints if "reach" in e.states[0]]
    assert [values_of(e) for e in found] == [("tls", "required", "local")]


def test_tonic() -> None:
    files = (
        "use tonic::transport::{Server, ServerTlsConfig};\nasync fn main() {\n"
        "let tls = ServerTlsConfig::new().identity(id).client_ca_root(ca);\n"
        'Server::builder().tls_config(tls)?.add_service(s).serve("0.0.0.0:1".parse()?).await; }'
    )
    assert values_of(one(files)) == ("tls", "required", "network")


def test_a_server_without_tls_has_no_tls_settings() -> None:
    files = actix('.bind("0.0.0.0:8080")?')
    endpoint = next(e for e in resolve(files).endpoints if "bind" in e.name)
    assert sorted(endpoint.states[0]) == ["reach", "tier", "transport"]


def test_ids_are_unique_and_names_hold_no_lines() -> None:
    files = actix('.bind("0.0.0.0:8080")?\n.bind("0.0.0.0:8081")?\n.bind("0.0.0.0:8082")?')
    binds = [e for e in resolve(files).endpoints if "bind" in e.name]
    assert len({e.id for e in binds}) == 3
    assert [e.name for e in binds] == [
        "src/main.rs: bind in main",
        "src/main.rs: bind in main (2)",
        "src/main.rs: bind in main (3)",
    ]


@pytest.mark.parametrize(
    ("call", "auth"),
    [("with_single_cert(certs(), key())?", "none"), ("with_tls_config(mutual())", "required")],
)
def test_hyper_rustls_once_had_servers(call: str, auth: str) -> None:
    code = CONFIG + (
        "async fn main() -> Result<()> {\nlet incoming = AddrIncoming::bind(&addr())?;\n"
        f"let acceptor = hyper_rustls::TlsAcceptor::builder().{call}\n"
        ".with_all_versions_alpn().with_incoming(incoming);\n"
        "hyper::Server::builder(acceptor).serve(service()).await }"
    )
    names = {e.name: e for e in resolve(code).endpoints if "in main" in e.name}
    assert [value(e, "client_auth") for e in names.values()] == [auth]


def test_what_is_done_with_keeps_no_paths_apart() -> None:
    """Six listeners in a row, each strict or open: every one has both states and no other."""
    helper = (
        "async fn serve{0}(strict: bool) {{ let tls = if strict {{ mutual() }} else {{ open() }};\n"
        'let l = TcpListener::bind("0.0.0.0:{0}").await.unwrap();\n'
        "TlsAcceptor::from(Arc::new(tls)).accept(l.accept().await.unwrap()).await; }}\n"
    )
    files = f"{CONFIG}use tokio::net::TcpListener; use tokio_rustls::TlsAcceptor;\n"
    files += "".join(helper.format(number) for number in range(6))
    files += "async fn main() { "
    files += " ".join(f"if on({n}) {{ serve{n}(flag({n})).await; }}" for n in range(6)) + " }"
    found = [e for e in resolve(files).endpoints if "client_auth" in e.states[0]]
    assert found
    for endpoint in found:
        assert {state["client_auth"].value for state in endpoint.states} <= {"required", "none"}


def test_what_a_function_makes_is_known_wherever_it_is_called() -> None:
    arms = "\n".join(
        f'"{n}" => axum_server::bind_rustls("0.0.0.0:{n}".parse().unwrap(), '
        "RustlsConfig::from_config(Arc::new(mutual()))).serve(app()).await,"
        for n in range(3)
    )
    files = f"{CONFIG}use axum_server::tls_rustls::RustlsConfig;\n"
    files += f"async fn main() {{ match mode() {{ {arms} _ => return }} }}"
    found = {e.address.port: e for e in resolve(files).endpoints if e.address.host}
    assert {port: value(e, "client_auth") for port, e in found.items()} == dict.fromkeys(
        range(3), "required"
    )


@pytest.mark.parametrize(
    "app",
    ["|r| CALL", "move |r| async move { CALL }", "{ let h = |r| CALL; h }", "service(|r| CALL)"],
)
def test_what_is_served_is_run_once(app: str) -> None:
    call = "reqwest::Client::builder().danger_accept_invalid_certs(true).build()"
    bind = 'let l = TcpListener::bind("0.0.0.0:80").await.unwrap();'
    files = axum(f"{bind}\naxum::serve(l, {app.replace('CALL', call)}).await;")
    client = one(files, "client")
    assert where(files, client, "peer_chain", "unverified") == "danger_accept_invalid_certs(true)"


TLS = """use tokio_rustls::TlsAcceptor;
use axum_server::tls_rustls::RustlsConfig;
fn wrapped(c: ServerConfig) -> RustlsConfig { RustlsConfig::from_config(Arc::new(c)) }
"""
ACCEPTOR = "let a = TlsAcceptor::from(Arc::new(mutual()));"
HOLDER = """
struct Server { config: Option<ServerConfig> }
impl Server {
    async fn run(self) {
        match self.config {
            Some(c) => {
                axum_server::bind_rustls("0.0.0.0:1".parse()?, wrapped(c)).serve(app()).await
            }
            None => axum_server::bind("0.0.0.0:2".parse().unwrap()).serve(app()).await,
        }
    }
}
"""


@pytest.mark.parametrize(
    ("body", "more", "found"),
    [
        (
            f'{ACCEPTOR} let l = TcpListener::bind("0.0.0.0:1").await.unwrap();\n'
            "loop { let (s, _) = l.accept().await.unwrap(); a.accept(s).await; }",
            "",
            [("0.0.0.0", 1, "tls", "network", "required")],
        ),
        (
            f'{ACCEPTOR} let l = TcpListener::bind("127.0.0.1:1").await.unwrap();\n'
            "loop { let (s, _) = l.accept().await.unwrap(); tokio::spawn(each(a.clone(), s)); }",
            "async fn each(a: TlsAcceptor, s: TcpStream) { a.accept(s).await; }",
            [("127.0.0.1", 1, "tls", "local", "required")],
        ),
        (
            f"{ACCEPTOR} let l = elsewhere(); let (s, _) = l.accept().await?; a.accept(s).await;",
            "",
            [(None, None, "tls", None, "required")],
        ),
        (
            "Server { config: Some(mutual()) }.run().await;",
            HOLDER,
            [("0.0.0.0", 1, "tls", "network", "required")],
        ),
        (
            "Server { config: None }.run().await;",
            HOLDER,
            [("0.0.0.0", 2, "plaintext", "network", "missing")],
        ),
        (
            "Server { config: elsewhere() }.run().await;",
            HOLDER,
            [
                ("0.0.0.0", 1, "tls", "network", None),
                ("0.0.0.0", 2, "plaintext", "network", "missing"),
            ],
        ),
        (
            'axum_server::bind_rustls("[::1]:1".parse().unwrap(), elsewhere()).serve(app()).await;',
            "",
            [("::1", 1, "tls", "local", None)],
        ),
        (
            "axum_server::bind(elsewhere()).serve(app()).await;",
            "",
            [(None, None, "plaintext", None, "missing")],
        ),
        (
            'let l = std::net::TcpListener::bind("0.0.0.0:1").unwrap();\n'
            "axum_server::from_tcp(l).serve(app()).await;",
            "",
            [("0.0.0.0", 1, "plaintext", "network", "missing")],
        ),
        (
            'let l = std::net::TcpListener::bind("0.0.0.0:1").unwrap();\n'
            "axum_server::from_tcp_rustls(l, wrapped(mutual())).serve(app()).await;",
            "",
            [("0.0.0.0", 1, "tls", "network", "required")],
        ),
    ],
)
def test_what_listens_where(body: str, more: str, found: list[tuple[object, ...]]) -> None:
    files = f"{CONFIG}{TLS}use tokio::net::TcpListener;\nasync fn main() {{ {body} }}\n{more}"
    bound = [one for one in resolve(files).endpoints if "reach" in one.states[0]]
    listening = [
        (one.address.host, one.address.port, value(one, "transport"), value(one, "reach"), auth)
        for one in bound
        for auth in values(one, "client_auth")
    ]
    assert sorted(listening, key=str) == sorted(found, key=str)
