//! MQTT broker: listeners come from a table, and each row says what it wants of clients.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ServerConfig, WebPkiClientVerifier};
use rustls::RootCertStore;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

#[derive(Debug, Deserialize)]
struct Listener {
    address: SocketAddr,
    cert: PathBuf,
    key: PathBuf,
    ca: Option<PathBuf>,
    #[serde(default)]
    anonymous: bool,
}

impl Listener {
    fn config(&self) -> Result<ServerConfig> {
        let chain = CertificateDer::pem_file_iter(&self.cert)?.collect::<Result<Vec<_>, _>>()?;
        let key = PrivateKeyDer::from_pem_file(&self.key)?;
        let Some(ca) = &self.ca else {
            let open = ServerConfig::builder().with_no_client_auth(); // expect: MTLS103
            return Ok(open.with_single_cert(chain, key)?);
        };
        let mut roots = RootCertStore::empty();
        for cert in CertificateDer::pem_file_iter(ca).with_context(|| format!("{ca:?}"))? {
            roots.add(cert?)?;
        }
        let builder = WebPkiClientVerifier::builder(Arc::new(roots));
        let verifier = match self.anonymous {
            true => builder.allow_unauthenticated(), // expect: MTLS101
            false => builder,
        }
        .build()?;
        Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let table = std::fs::read_to_string("broker.json")?;
    let listeners: HashMap<String, Listener> = serde_json::from_str(&table)?;
    let mut tasks = JoinSet::new();
    for (name, listener) in listeners {
        let acceptor = TlsAcceptor::from(Arc::new(listener.config().context(name)?));
        let socket = TcpListener::bind(listener.address).await?;
        tasks.spawn(async move {
            while let Ok((tcp, _)) = socket.accept().await {
                drop(acceptor.accept(tcp).await);
            }
        });
    }
    while tasks.join_next().await.is_some() {}
    Ok(())
}
