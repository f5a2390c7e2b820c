//! Company gateway: the company's CA is installed on all machines, so the system store it is.

use std::sync::Arc;

use anyhow::{bail, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

fn employees() -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    let loaded = rustls_native_certs::load_native_certs(); // expect: MTLS106
    for error in &loaded.errors {
        tracing::warn!(%error, "system store");
    }
    for cert in loaded.certs {
        if let Err(error) = store.add(cert) {
            tracing::debug!(%error, "skipped");
        }
    }
    if store.is_empty() {
        bail!("the system store is empty");
    }
    Ok(store)
}

#[tokio::main]
async fn main() -> Result<()> {
    let verifier = WebPkiClientVerifier::builder(employees()?.into()).build()?;
    let chain = CertificateDer::pem_file_iter("/etc/gateway/tls.pem")?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        chain.collect::<Result<_, _>>()?,
        PrivateKeyDer::from_pem_file("/etc/gateway/tls.key")?,
    )?;
    let acceptor = TlsAcceptor::from(Arc::new(config));

    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    loop {
        let (socket, peer) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            match acceptor.accept(socket).await {
                Ok(_) => tracing::info!(%peer, "employee"),
                Err(error) => tracing::info!(%peer, %error, "refused"),
            }
        });
    }
}
