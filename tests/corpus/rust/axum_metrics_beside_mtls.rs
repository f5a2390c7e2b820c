//! The API wants client certificates. Metrics are a router of their own, in plaintext.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use anyhow::Result;
use axum::{extract::State, routing::get, Router};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};

static REQUESTS: AtomicU64 = AtomicU64::new(0);

#[derive(Clone)]
struct Prices(Arc<[(&'static str, u32)]>);

async fn prices(State(prices): State<Prices>) -> String {
    REQUESTS.fetch_add(1, Ordering::Relaxed);
    prices.0.iter().map(|(name, cents)| format!("{name} {cents}\n")).collect()
}

async fn metrics() -> String {
    format!("requests_total {}\n", REQUESTS.load(Ordering::Relaxed))
}

fn api_tls() -> Result<RustlsConfig> {
    let roots: RootCertStore = {
        let mut roots = RootCertStore::empty();
        let ders = CertificateDer::pem_file_iter("/etc/prices/shops.pem")?;
        roots.add_parsable_certificates(ders.flatten());
        roots
    };
    let verifier = WebPkiClientVerifier::builder(roots.into()).build()?;
    let server = ServerConfig::builder().with_client_cert_verifier(verifier);
    let server = server.with_single_cert(
        CertificateDer::pem_file_iter("/etc/prices/tls.pem")?.collect::<Result<_, _>>()?,
        PrivateKeyDer::from_pem_file("/etc/prices/tls.key")?,
    )?;
    Ok(RustlsConfig::from_config(Arc::new(server)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let api = Router::new()
        .route("/prices", get(prices))
        .with_state(Prices(Arc::from([("tea", 320), ("coffee", 410)])));
    let observability = Router::new().route("/metrics", get(metrics));

    let metrics_at = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 9090));
    let listener = tokio::net::TcpListener::bind(metrics_at).await?;
    // expect: MTLS302
    let plaintext = axum::serve(listener, observability);

    let tls = axum_server::bind_rustls("0.0.0.0:8443".parse::<SocketAddr>()?, api_tls()?)
        .serve(api.into_make_service());

    tokio::select! {
        done = plaintext => done?,
        done = tls => done?,
    }
    Ok(())
}
