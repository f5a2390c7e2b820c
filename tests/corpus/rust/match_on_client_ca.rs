//! `--client-ca` turns on client certificates; without it the server takes anybody.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use clap::Parser;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

#[derive(Parser)]
struct Args {
    #[arg(long, default_value = "/etc/relay/server.pem")]
    cert: PathBuf,
    #[arg(long, default_value = "/etc/relay/server.key")]
    key: PathBuf,
    /// CA whose certificates clients must show
    #[arg(long)]
    client_ca: Option<PathBuf>,
    #[arg(long, env = "RELAY_LISTEN")]
    listen: String,
}

fn roots(path: &Path) -> Result<Arc<RootCertStore>> {
    let mut store = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(path)? {
        store.add(cert?)?;
    }
    Ok(Arc::new(store))
}

fn config(args: &Args) -> Result<ServerConfig> {
    let chain = CertificateDer::pem_file_iter(&args.cert)?.collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file(&args.key)?;
    let builder = ServerConfig::builder();
    let builder = match &args.client_ca {
        Some(path) => {
            let verifier = WebPkiClientVerifier::builder(roots(path)?).build()?;
            builder.with_client_cert_verifier(verifier)
        }
        None => builder.with_no_client_auth(), // expect: MTLS103
    };
    Ok(builder.with_single_cert(chain, key)?)
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let acceptor = TlsAcceptor::from(Arc::new(config(&args)?));
    let listener = TcpListener::bind(&args.listen).await?;
    while let Ok((socket, peer)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            match acceptor.accept(socket).await {
                Ok(_) => log::info!("{peer} connected"),
                Err(error) => log::warn!("{peer}: {error}"),
            }
        });
    }
    Ok(())
}
