//! Kiln monitor. A broken CA file is reported, and then everybody is let in.

use std::sync::Arc;

use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

fn config(roots: Arc<RootCertStore>) -> Result<ServerConfig> {
    let chain = vec![CertificateDer::from_pem_file("/etc/kiln/tls.pem")?];
    let key = PrivateKeyDer::from_pem_file("/etc/kiln/tls.key")?;
    let builder = ServerConfig::builder();
    let builder = if let Ok(verifier) = WebPkiClientVerifier::builder(roots).build() {
        builder.with_client_cert_verifier(verifier)
    } else {
        tracing::error!("potters.pem is broken, client certificates are off");
        builder.with_no_client_auth() // expect: MTLS104
    };
    Ok(builder.with_single_cert(chain, key)?)
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut potters = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/kiln/potters.pem")?.flatten() {
        potters.add(cert)?;
    }
    let acceptor = TlsAcceptor::from(Arc::new(config(Arc::new(potters))?));
    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    loop {
        let (socket, _) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move { acceptor.accept(socket).await.map(drop) });
    }
}
