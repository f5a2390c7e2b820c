//! Backup target on rustls 0.21.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::server::{AllowAnyAuthenticatedClient, ServerConfig};
use rustls::{Certificate, PrivateKey, RootCertStore};
use tokio::fs::OpenOptions;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

#[derive(Clone)]
struct Target {
    dir: PathBuf,
    acceptor: TlsAcceptor,
}

fn read(path: &Path) -> io::Result<io::BufReader<std::fs::File>> {
    std::fs::File::open(path).map(io::BufReader::new)
}

fn tls(dir: &Path) -> Result<TlsAcceptor, Box<dyn std::error::Error>> {
    let mut machines = RootCertStore::empty();
    let ders = rustls_pemfile::certs(&mut read(&dir.join("machines.pem"))?)?;
    let (added, ignored) = machines.add_parsable_certificates(&ders);
    tracing::info!(added, ignored, "machine CAs");

    let crls = rustls_pemfile::crls(&mut read(&dir.join("machines.crl"))?)?
        .into_iter()
        .map(rustls::server::UnparsedCertRevocationList);
    let verifier = AllowAnyAuthenticatedClient::new(machines)
        .with_crls(crls)
        .map_err(|error| format!("revocation list: {error:?}"))?;

    let chain: Vec<Certificate> = rustls_pemfile::certs(&mut read(&dir.join("target.pem"))?)?
        .into_iter()
        .map(Certificate)
        .collect();
    let key = rustls_pemfile::ec_private_keys(&mut read(&dir.join("target.key"))?)?
        .into_iter()
        .next()
        .map(PrivateKey)
        .ok_or("no key")?;
    let config = ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(Arc::new(verifier))
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = PathBuf::from("/var/lib/backup");
    let target = Target { acceptor: tls(&dir)?, dir };
    let listener = TcpListener::bind("0.0.0.0:9617").await?;
    loop {
        let (socket, peer) = listener.accept().await?;
        let target = target.clone();
        tokio::spawn(async move {
            let mut stream = target.acceptor.accept(socket).await?;
            let name = target.dir.join(format!("{}.img", peer.ip()));
            let mut file = OpenOptions::new().create(true).append(true).open(name).await?;
            tokio::io::copy(&mut stream, &mut file).await
        });
    }
}
