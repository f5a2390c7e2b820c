//! Verifier, builder and configuration each come from a function of their own.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{ClientCertVerifierBuilder, ServerConfig, WebPkiClientVerifier};
use rustls::{ConfigBuilder, RootCertStore};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Whether peers may stay anonymous. Kept for the compatibility shim below, which
/// used to call `allow_unauthenticated` on the builder.
const ALLOW_ANONYMOUS: bool = false;

fn trust(path: &Path) -> anyhow::Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(path)? {
        store.add(cert?).context("trust anchor")?;
    }
    Ok(store)
}

fn verifier_builder(path: &Path) -> anyhow::Result<ClientCertVerifierBuilder> {
    Ok(WebPkiClientVerifier::builder(trust(path)?.into()))
}

fn verifier(path: &Path) -> anyhow::Result<Arc<dyn ClientCertVerifier>> {
    let builder = verifier_builder(path)?;
    if ALLOW_ANONYMOUS {
        anyhow::bail!("anonymous peers are not supported any more");
    }
    builder.build().context("building the client verifier")
}

fn strict_builder(
    path: &Path,
) -> anyhow::Result<ConfigBuilder<ServerConfig, rustls::server::WantsServerCert>> {
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier(path)?))
}

fn config(dir: &Path) -> anyhow::Result<Arc<ServerConfig>> {
    let chain: Vec<_> =
        CertificateDer::pem_file_iter(dir.join("tls.crt"))?.collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_file(dir.join("tls.key"))?;
    strict_builder(&dir.join("ca.crt"))?
        .with_single_cert(chain, key)
        .map(Arc::new)
        .map_err(|error| anyhow::anyhow!("server certificate: {error}"))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let acceptor: TlsAcceptor = config(Path::new("/var/run/mesh"))?.into();
    let listener = TcpListener::bind("0.0.0.0:15443").await?;
    loop {
        let (socket, peer) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let Ok(stream) = acceptor.accept(socket).await else {
                return tracing::info!(%peer, "refused");
            };
            let (_, session) = stream.get_ref();
            tracing::info!(%peer, version = ?session.protocol_version(), "accepted");
        });
    }
}
