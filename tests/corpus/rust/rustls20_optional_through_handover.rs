//! Job queue, rustls 0.20: the verifier travels through a struct, `Arc<dyn ..>` and all.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::server::{AllowAnyAnonymousOrAuthenticatedClient, ClientCertVerifier, NoClientAuth};
use rustls::{Certificate, PrivateKey, RootCertStore, ServerConfig};

#[derive(Clone, Debug)]
pub enum Clients {
    Anybody,
    Known(PathBuf),
}

struct Parts {
    verifier: Arc<dyn ClientCertVerifier>,
    chain: Vec<Certificate>,
    key: PrivateKey,
}

fn read_certs(path: &PathBuf) -> eyre::Result<Vec<Certificate>> {
    let mut reader = std::io::BufReader::new(std::fs::File::open(path)?);
    Ok(rustls_pemfile::certs(&mut reader)?.into_iter().map(Certificate).collect())
}

fn verifier(clients: &Clients) -> eyre::Result<Arc<dyn ClientCertVerifier>> {
    let path = match clients {
        Clients::Anybody => return Ok(NoClientAuth::new()), // expect: MTLS103
        Clients::Known(path) => path,
    };
    let mut roots = RootCertStore::empty();
    for cert in read_certs(path)? {
        roots.add(&cert)?;
    }
    Ok(AllowAnyAnonymousOrAuthenticatedClient::new(roots)) // expect: MTLS101
}

fn assemble(parts: Parts) -> eyre::Result<ServerConfig> {
    let Parts { verifier, chain, key } = parts;
    let config = ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?;
    Ok(config)
}

pub fn queue(clients: &Clients, chain: PathBuf, key: PrivateKey) -> eyre::Result<ServerConfig> {
    assemble(Parts { verifier: verifier(clients)?, chain: read_certs(&chain)?, key })
}
