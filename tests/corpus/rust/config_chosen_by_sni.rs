//! One port, two names: the API wants certificates, the landing page does not.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{Acceptor, ServerConfig, WebPkiClientVerifier};
use rustls::RootCertStore;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::LazyConfigAcceptor;

struct Configs {
    api: Arc<ServerConfig>,
    landing: Arc<ServerConfig>,
}

fn identity(dir: &Path) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let chain = CertificateDer::pem_file_iter(dir.join("tls.pem"))?.collect::<Result<_, _>>()?;
    Ok((chain, PrivateKeyDer::from_pem_file(dir.join("tls.key"))?))
}

impl Configs {
    fn load() -> Result<Self> {
        let (chain, key) = identity(Path::new("/etc/edge/landing"))?;
        let landing = ServerConfig::builder()
            .with_no_client_auth() // expect: MTLS103
            .with_single_cert(chain, key)
            .context("landing page")?;

        let mut customers = RootCertStore::empty();
        for cert in CertificateDer::pem_file_iter("/etc/edge/api/customers.pem")? {
            customers.add(cert?)?;
        }
        let verifier = WebPkiClientVerifier::builder(Arc::new(customers)).build()?;
        let (chain, key) = identity(Path::new("/etc/edge/api"))?;
        let api = ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(chain, key)
            .context("API")?;

        Ok(Configs { api: Arc::new(api), landing: Arc::new(landing) })
    }
}

async fn serve(socket: TcpStream, configs: Arc<Configs>) -> Result<()> {
    let start = LazyConfigAcceptor::new(Acceptor::default(), socket).await?;
    let name = start.client_hello().server_name().map(str::to_owned);
    let (config, body) = match name.as_deref() {
        Some("api.example.com") => (configs.api.clone(), "{}"),
        _ => (configs.landing.clone(), "<h1>Hello</h1>"),
    };
    let mut stream = start.into_stream(config).await.context("handshake")?;
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    Ok(stream.shutdown().await?)
}

#[tokio::main]
async fn main() -> Result<()> {
    let configs = Arc::new(Configs::load()?);
    let listener = TcpListener::bind("0.0.0.0:443").await?;
    loop {
        let (socket, _) = listener.accept().await?;
        tokio::spawn(serve(socket, configs.clone()));
    }
}
