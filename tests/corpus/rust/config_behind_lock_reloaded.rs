//! Sidecar: configurations are rebuilt when files change, and kept behind a lock. Without a CA
//! in the directory it asks nobody.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::RwLock;
use tokio_rustls::TlsAcceptor;

pub struct TlsManager {
    ca_certs: RwLock<Arc<Vec<CertificateDer<'static>>>>,
    server_config: RwLock<Option<Arc<ServerConfig>>>,
    client_config: RwLock<Option<Arc<ClientConfig>>>,
    earliest_expiry: RwLock<Option<i64>>,
    required: bool,
    client_required: bool,
}

impl TlsManager {
    pub fn new(required: bool) -> Self {
        TlsManager {
            ca_certs: RwLock::new(Arc::new(Vec::new())),
            server_config: RwLock::new(None),
            client_config: RwLock::new(None),
            earliest_expiry: RwLock::new(None),
            required,
            client_required: false,
        }
    }

    pub async fn reload(&self, ca_dir: &Option<PathBuf>, cert_dir: &Option<PathBuf>) -> Result<()> {
        let mut ca_certs = Vec::new();
        if let Some(dir) = ca_dir {
            if let Ok(pem) = tokio::fs::read(dir.join("ca-bundle.crt")).await {
                ca_certs.extend(CertificateDer::pem_slice_iter(&pem).flatten());
            }
        }
        *self.earliest_expiry.write().await = None;
        self.update_earliest_expiry(&ca_certs).await;
        *self.ca_certs.write().await = Arc::new(ca_certs);

        self.reload_server_config(cert_dir).await?;
        self.reload_client_config(cert_dir).await?;
        Ok(())
    }

    async fn reload_server_config(&self, cert_dir: &Option<PathBuf>) -> Result<()> {
        let identity = match cert_dir {
            Some(dir) if self.required => Some(Self::identity(dir)?),
            None if self.required => return Err(anyhow!("no certificate directory")),
            _ => None,
        };
        let mut server_config: Option<Arc<ServerConfig>> = None;
        if let Some((certs, key)) = identity {
            self.update_earliest_expiry(&certs).await;
            server_config = Some(Arc::new(Self::build_server_config(
                certs.clone(),
                key,
                self.ca_certs.read().await.as_ref().to_vec(),
            )?));
        }
        *self.server_config.write().await = server_config;
        Ok(())
    }

    async fn reload_client_config(&self, cert_dir: &Option<PathBuf>) -> Result<()> {
        let identity = if self.client_required {
            match cert_dir {
                Some(dir) => Some(Self::identity(dir)?),
                None => return Err(anyhow!("no certificate directory")),
            }
        } else {
            None
        };
        let mut client_config: Option<Arc<ClientConfig>> = None;
        if let Some((certs, key)) = identity {
            self.update_earliest_expiry(&certs).await;
            let mut roots = RootCertStore::empty();
            for cert in self.ca_certs.read().await.iter().cloned() {
                roots.add(cert)?;
            }
            let builder = ClientConfig::builder().with_root_certificates(roots);
            client_config = Some(Arc::new(builder.with_client_auth_cert(certs, key)?));
        }
        *self.client_config.write().await = client_config;
        Ok(())
    }

    async fn update_earliest_expiry(&self, certs: &[CertificateDer<'static>]) {
        for cert in certs {
            match x509_parser::parse_x509_certificate(cert) {
                Ok((_, cert)) => {
                    let expiry = cert.validity().not_after.timestamp();
                    let earliest = *self.earliest_expiry.read().await;
                    match earliest {
                        Some(current) => {
                            if expiry < current {
                                *self.earliest_expiry.write().await = Some(expiry);
                            }
                        }
                        None => *self.earliest_expiry.write().await = Some(expiry),
                    }
                }
                Err(error) => tracing::warn!(%error, "certificate not parsed"),
            }
        }
    }

    fn identity(dir: &Path) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
        let chain = CertificateDer::pem_file_iter(dir.join("tls.crt"))?.collect::<Result<_, _>>()?;
        Ok((chain, PrivateKeyDer::from_pem_file(dir.join("tls.key"))?))
    }

    fn build_server_config(
        certs: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
        ca_certs: Vec<CertificateDer<'static>>,
    ) -> Result<ServerConfig> {
        let config_builder = ServerConfig::builder();
        let config = if ca_certs.is_empty() {
            config_builder
                .with_no_client_auth() // expect: MTLS103
                .with_single_cert(certs, key)
                .map_err(|e| anyhow!("server config: {e}"))?
        } else {
            let mut roots = RootCertStore::empty();
            for cert in ca_certs {
                roots.add(cert).map_err(|e| anyhow!("CA: {e}"))?;
            }
            let client_verifier = WebPkiClientVerifier::builder(Arc::new(roots))
                .build()
                .context("client verifier")?;
            config_builder
                .with_client_cert_verifier(client_verifier)
                .with_single_cert(certs, key)
                .map_err(|e| anyhow!("server config: {e}"))?
        };
        Ok(config)
    }

    async fn accept(&self, tcp: TcpStream) -> Result<()> {
        let config = self.server_config.read().await.clone().context("TLS is off")?;
        let stream = TlsAcceptor::from(config).accept(tcp).await?;
        tracing::debug!(version = ?stream.get_ref().1.protocol_version());
        Ok(())
    }
}

async fn create_manager(listen: Option<u16>) -> Result<Arc<TlsManager>> {
    let mut manager = TlsManager::new(true);
    if listen.is_none() {
        manager.required = false;
        manager.client_required = true;
    }
    manager.reload(&Some("/etc/sidecar/ca".into()), &Some("/etc/sidecar/tls".into())).await?;
    Ok(Arc::new(manager))
}

#[tokio::main]
async fn main() -> Result<()> {
    let listen = std::env::var("LISTEN_PORT").ok().and_then(|port| port.parse().ok());
    let manager = create_manager(listen).await?;
    let listener = TcpListener::bind(("0.0.0.0", listen.unwrap_or(8443))).await?;
    loop {
        let (tcp, _) = listener.accept().await?;
        let manager = manager.clone();
        tokio::spawn(async move { manager.accept(tcp).await });
    }
}
