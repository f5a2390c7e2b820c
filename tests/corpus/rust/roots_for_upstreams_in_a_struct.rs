//! Ice rink gateway: the only roots here are those that upstreams are checked against.

use std::collections::HashMap;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::server::ResolvesServerCert;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::net::TcpListener;
use tokio_rustls::{TlsAcceptor, TlsConnector};

#[derive(Clone)]
pub struct Authorities {
    system: RootCertStore,
    all: RootCertStore,
    extra: Vec<CertificateDer<'static>>,
}

impl Authorities {
    pub async fn load(extra: Vec<CertificateDer<'static>>) -> Self {
        let mut system = RootCertStore::empty();
        if let Ok(found) = tokio::task::spawn_blocking(rustls_native_certs::load_native_certs).await {
            for certificate in found.certs {
                if let Err(error) = system.add(certificate) {
                    tracing::warn!(%error, "left out");
                }
            }
        }
        let mut this = Self { system, all: RootCertStore::empty(), extra };
        this.update();
        this
    }

    fn update(&mut self) {
        let mut all = self.system.clone();
        for certificate in &self.extra {
            if let Err(error) = all.add(certificate.clone()) {
                tracing::warn!(%error, "left out");
            }
        }
        self.all = all;
    }
}

pub struct Server {
    authorities: Arc<Authorities>,
    routes: HashMap<String, Route>,
}

pub struct Route {
    upstream: Option<TlsConnector>,
}

impl Route {
    /// Called when the configuration comes, from wherever that may be.
    pub fn setup(&mut self, authorities: &dyn Trusted) {
        let client = ClientConfig::builder()
            .with_root_certificates(authorities.roots())
            .with_no_client_auth();
        self.upstream = Some(TlsConnector::from(Arc::new(client)));
    }
}

pub trait Trusted {
    fn roots(&self) -> RootCertStore;
}

impl Trusted for Authorities {
    fn roots(&self) -> RootCertStore {
        self.all.clone()
    }
}

impl Server {
    async fn accept(&self, listener: TcpListener, resolver: Arc<dyn ResolvesServerCert>) -> anyhow::Result<()> {
        let config = ServerConfig::builder()
            .with_no_client_auth() // expect: MTLS103
            .with_cert_resolver(resolver);
        let acceptor = TlsAcceptor::from(Arc::new(config));
        loop {
            let (socket, _) = listener.accept().await?;
            let stream = acceptor.accept(socket).await?;
            tracing::info!(name = ?stream.get_ref().1.server_name(), routes = self.routes.len());
        }
    }
}

pub async fn run(resolver: Arc<dyn ResolvesServerCert>) -> anyhow::Result<()> {
    let authorities = Arc::new(Authorities::load(Vec::new()).await);
    let server = Server { authorities, routes: HashMap::new() };
    server.accept(TcpListener::bind("0.0.0.0:8443").await?, resolver).await
}
