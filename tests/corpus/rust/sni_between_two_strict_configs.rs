//! Two villages on one port. Each name has a CA of its own, and no name gets neither.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{Acceptor, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::LazyConfigAcceptor;

type Villages = Arc<HashMap<String, Arc<ServerConfig>>>;

fn village(name: &str) -> Result<Arc<ServerConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(format!("{name}/ca.pem"))?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let chain = vec![CertificateDer::from_pem_file(format!("{name}/tls.pem"))?];
    let key = PrivateKeyDer::from_pem_file(format!("{name}/tls.key"))?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier);
    Ok(Arc::new(config.with_single_cert(chain, key)?))
}

async fn greet(tcp: TcpStream, villages: Villages) -> Result<()> {
    let start = LazyConfigAcceptor::new(Acceptor::default(), tcp).await?;
    let name = start.client_hello().server_name().context("no name")?.to_owned();
    let config = villages.get(&name).cloned().with_context(|| format!("no village {name}"))?;
    let stream = start.into_stream(config).await?;
    tracing::info!(name, version = ?stream.get_ref().1.protocol_version());
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let names = ["upper.example.org", "lower.example.org"];
    let villages: HashMap<_, _> =
        names.iter().map(|name| Ok((name.to_string(), village(name)?))).collect::<Result<_>>()?;
    let villages = Arc::new(villages);
    let listener = TcpListener::bind("[::]:8443").await?;
    while let Ok((tcp, _)) = listener.accept().await {
        tokio::spawn(greet(tcp, villages.clone()));
    }
    Ok(())
}
