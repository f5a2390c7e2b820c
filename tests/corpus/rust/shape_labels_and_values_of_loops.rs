//! Ferry timetables: what `break` gives, from which loop or block, and names that end with these.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

type Chain = Vec<CertificateDer<'static>>;

/// The authority's file may come late: a loop's value is what it is left with.
async fn patient(roots: Arc<RootCertStore>, chain: Chain, key: PrivateKeyDer<'static>) -> ServerConfig {
    let mut pause = Duration::from_millis(250);
    let verifier = loop {
        let asked = WebPkiClientVerifier::builder(roots.clone())
            .allow_unauthenticated() // expect: MTLS101
            .build();
        match asked {
            Ok(verifier) => break verifier,
            Err(error) => tracing::warn!(%error, "no roots yet"),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    };
    ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key).unwrap()
}

/// A block that is left early: the harbour's own authority, or nobody is asked.
fn either(ca: Option<PathBuf>, chain: Chain, key: PrivateKeyDer<'static>) -> anyhow::Result<ServerConfig> {
    let builder = 'chosen: {
        if let Some(path) = ca {
            let mut roots = RootCertStore::empty();
            roots.add(CertificateDer::from_pem_file(&path)?)?;
            let verifier = WebPkiClientVerifier::builder(roots.into());
            break 'chosen ServerConfig::builder()
                .with_client_cert_verifier(verifier.allow_unauthenticated().build()?); // expect: MTLS101
        }
        // expect: MTLS103
        ServerConfig::builder().with_no_client_auth()
    };
    Ok(builder.with_single_cert(chain, key)?)
}

/// The outer loop is left from the inner one; what can't be read sends it round again.
fn first_that_reads(folders: &[PathBuf], chain: Chain, key: PrivateKeyDer<'static>) -> anyhow::Result<ServerConfig> {
    let verifier = 'folders: loop {
        for folder in folders {
            let Ok(files) = folder.read_dir() else { continue 'folders };
            let mut roots = RootCertStore::empty();
            for file in files {
                let Ok(certificate) = CertificateDer::from_pem_file(file?.path()) else { continue };
                roots.add(certificate)?;
                break 'folders WebPkiClientVerifier::builder(Arc::new(roots))
                    .allow_unauthenticated() // expect: MTLS101
                    .build()?;
            }
        }
        std::thread::sleep(Duration::from_secs(5));
    };
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

fn strict(ca: &Path, chain: Chain, key: PrivateKeyDer<'static>) -> anyhow::Result<ServerConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(ca)?)?;
    let verifier = WebPkiClientVerifier::builder(roots.into()).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

fn probe_config(chain: Chain, key: PrivateKeyDer<'static>) -> ServerConfig {
    ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap()
}

/// What the loops call `config` is for the probe on the loopback; the bridge keeps the strict one.
async fn bridge(ca: &Path, chain: Chain, key: PrivateKeyDer<'static>) -> anyhow::Result<()> {
    let config = strict(ca, chain.clone(), key.clone_key())?;
    let mut probe = Some(probe_config(chain, key));
    while let Some(config) = probe.take() {
        let local = SocketAddr::from(([127, 0, 0, 1], 9443));
        let tls = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(config));
        tokio::spawn(axum_server::bind_rustls(local, tls).serve(axum::Router::new().into_make_service()));
        let config = "only its name";
        if probe.is_none() {
            tracing::info!(config);
            break;
        }
    }
    let tls = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(config));
    let app = axum::Router::new().route("/departures", axum::routing::get(|| async { "09:40" }));
    axum_server::bind_rustls("0.0.0.0:8443".parse()?, tls).serve(app.into_make_service()).await?;
    Ok(())
}
