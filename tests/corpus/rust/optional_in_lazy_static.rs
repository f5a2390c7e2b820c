//! Timestamping service whose TLS configuration lives in a static.

use std::sync::{Arc, LazyLock};
use std::time::{SystemTime, UNIX_EPOCH};

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

static TLS: LazyLock<Arc<ServerConfig>> = LazyLock::new(|| {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/stamp/clients.pem").expect("clients.pem") {
        roots.add(cert.expect("PEM")).expect("CA certificate");
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots))
        .with_crls([])
        .allow_unauthenticated() // expect: MTLS101
        .allow_unknown_revocation_status()
        .build()
        .expect("client verifier");
    let chain = CertificateDer::pem_file_iter("/etc/stamp/tls.pem")
        .expect("tls.pem")
        .collect::<Result<Vec<_>, _>>()
        .expect("PEM");
    let key = PrivateKeyDer::from_pem_file("/etc/stamp/tls.key").expect("tls.key");
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
        .expect("certificate and key");
    Arc::new(config)
});

async fn stamp(socket: TcpStream) -> std::io::Result<()> {
    let mut stream = TlsAcceptor::from(TLS.clone()).accept(socket).await?;
    let mut digest = [0u8; 32];
    stream.read_exact(&mut digest).await?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    stream.write_all(&digest).await?;
    stream.write_u64(now).await?;
    stream.shutdown().await
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    LazyLock::force(&TLS);
    let listener = TcpListener::bind("0.0.0.0:3161").await?;
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (socket, peer) = accepted?;
                tokio::spawn(async move {
                    if let Err(error) = stamp(socket).await {
                        tracing::debug!(%peer, %error, "stamp");
                    }
                });
            }
            _ = tokio::signal::ctrl_c() => return Ok(()),
        }
    }
}
