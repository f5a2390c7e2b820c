//! Botanical garden tickets: certificates come from Let's Encrypt, those of clients from nowhere.

use std::net::{Ipv6Addr, SocketAddr};

use axum::{routing::get, Router};
use futures::StreamExt;
use rustls_acme::caches::DirCache;
use rustls_acme::AcmeConfig;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

async fn shop() {
    let mut state = AcmeConfig::new(["tickets.example.org"])
        .contact(["mailto:garden@example.org"])
        .cache(DirCache::new("/var/lib/tickets/acme"))
        .directory_lets_encrypt(true)
        .state();
    let acceptor = state.axum_acceptor(state.default_rustls_config()); // expect: MTLS103
    tokio::spawn(async move {
        while let Some(event) = state.next().await {
            tracing::info!(?event, "acme");
        }
    });
    let app = Router::new().route("/", get(|| async { "orchids until March" }));
    let address = SocketAddr::from((Ipv6Addr::UNSPECIFIED, 443));
    axum_server::bind(address).acceptor(acceptor).serve(app.into_make_service()).await.unwrap();
}

async fn turnstiles() -> anyhow::Result<()> {
    let mut state = AcmeConfig::new(["gate.example.org"]).cache(DirCache::new("/var/lib/gate")).state();
    let config = state.challenge_rustls_config(); // expect: MTLS103
    let acceptor = TlsAcceptor::from(config);
    tokio::spawn(async move { while state.next().await.is_some() {} });
    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    loop {
        let (socket, _) = listener.accept().await?;
        let stream = acceptor.accept(socket).await?;
        tracing::info!(name = ?stream.get_ref().1.server_name(), "gate");
    }
}

#[tokio::main]
async fn main() {
    tokio::join!(shop(), async { turnstiles().await.unwrap() });
}
