//! A store without a root in it fails when the server starts: nobody gets in, least of all
//! somebody without a certificate.

use std::sync::Arc;

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

fn config() -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let mut store = RootCertStore::empty();
    if let Ok(found) = CertificateDer::pem_file_iter("/etc/vote/stations.pem") {
        let (added, ignored) = store.add_parsable_certificates(found.flatten());
        eprintln!("{added} roots, {ignored} ignored");
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(store))
        .build()
        .unwrap_or_else(|error| panic!("stations.pem: {error}"));
    let key = PrivateKeyDer::from_pem_file("/etc/vote/tls.key")?;
    let chain = vec![CertificateDer::from_pem_file("/etc/vote/tls.pem")?];
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let acceptor = TlsAcceptor::from(Arc::new(config()?));
    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    loop {
        let (socket, station) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            match acceptor.accept(socket).await {
                Ok(_) => eprintln!("{station}: connected"),
                Err(error) => eprintln!("{station}: {error}"),
            }
        });
    }
}
