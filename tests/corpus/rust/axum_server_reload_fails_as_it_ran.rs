//! Members' certificates only if their CA is given; a watcher that can't read it keeps what ran.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum_server::tls_rustls::RustlsConfig;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

use crate::files::{pair, roots, Changes};

pub struct Paths {
    own: PathBuf,
    members: Vec<PathBuf>,
}

pub struct Desk {
    address: SocketAddr,
    tls: Option<RustlsConfig>,
}

impl Desk {
    pub async fn open(address: SocketAddr, paths: Option<Paths>) -> anyhow::Result<Self> {
        let tls = if let Some(paths) = paths { Some(watched(paths).await?) } else { None };
        Ok(Self { address, tls })
    }

    pub async fn run(self) -> anyhow::Result<()> {
        if let Some(tls) = self.tls {
            let routes = crate::routes().into_make_service();
            axum_server::bind_rustls(self.address, tls).serve(routes).await?;
        }
        Ok(())
    }
}

async fn watched(paths: Paths) -> anyhow::Result<RustlsConfig> {
    let mut verifier = if paths.members.is_empty() {
        None
    } else {
        Some(verifier_of(paths.members.clone()).await?)
    };
    let running = RustlsConfig::from_config(Arc::new(built(&paths.own, verifier.clone())?));
    let handle = running.clone();
    let mut changes = Changes::of(&paths.own, &paths.members)?;
    tokio::spawn(async move {
        while let Some(change) = changes.next().await {
            if change.of_members {
                match verifier_of(paths.members.clone()).await {
                    Ok(renewed) => verifier = Some(renewed),
                    Err(error) => {
                        tracing::error!(%error, "members stay who they were");
                        continue;
                    }
                }
            }
            match built(&paths.own, verifier.clone()) {
                Ok(config) => handle.reload_from_config(Arc::new(config)),
                Err(error) => tracing::error!(%error, "the old certificate stays"),
            }
        }
    });
    Ok(running)
}

fn built(own: &PathBuf, verifier: Option<Arc<dyn ClientCertVerifier>>) -> anyhow::Result<ServerConfig> {
    let (chain, key) = pair(own)?;
    if let Some(verifier) = verifier {
        let strict = ServerConfig::builder().with_client_cert_verifier(verifier);
        return Ok(strict.with_single_cert(chain, key)?);
    }
    let open = ServerConfig::builder().with_no_client_auth(); // expect: MTLS103
    Ok(open.with_single_cert(chain, key)?)
}

async fn verifier_of(members: Vec<PathBuf>) -> anyhow::Result<Arc<dyn ClientCertVerifier>> {
    let mut trusted = RootCertStore::empty();
    for file in members {
        trusted.add_parsable_certificates(roots(&file)?);
    }
    Ok(WebPkiClientVerifier::builder(Arc::new(trusted)).build()?)
}
