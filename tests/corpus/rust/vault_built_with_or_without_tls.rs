//! A key vault that is built either for mutual TLS or, behind a mesh, without: never both at once.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::{routing::get, Router};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::RootCertStore;

pub struct Vault {
    pub address: SocketAddr,
    pub roots: RootCertStore,
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
}

pub async fn serve(vault: Vault) {
    let app = Router::new().route("/key/:name", get(key));

    #[cfg(feature = "mtls")]
    {
        use axum_server::tls_rustls::RustlsConfig;

        let clients = rustls::server::WebPkiClientVerifier::builder(Arc::new(vault.roots))
            .build()
            .expect("client CA");
        let tls = rustls::ServerConfig::builder()
            .with_client_cert_verifier(clients)
            .with_single_cert(vault.chain, vault.key)
            .expect("certificate");
        axum_server::bind_rustls(vault.address, RustlsConfig::from_config(Arc::new(tls)))
            .serve(app.into_make_service())
            .await
            .expect("server")
    }

    #[cfg(not(feature = "mtls"))]
    {
        axum_server::bind(SocketAddr::from(([127, 0, 0, 1], 8200)))
            .serve(app.into_make_service())
            .await
            .expect("server")
    }
}

async fn key() -> &'static str {
    "sealed"
}
