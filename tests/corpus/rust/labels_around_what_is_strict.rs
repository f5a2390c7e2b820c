//! Snow ploughs report in: whichever way the loops are left, a certificate is demanded.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

fn verifier(folders: &[PathBuf]) -> anyhow::Result<Arc<dyn ClientCertVerifier>> {
    let mut roots = RootCertStore::empty();
    'folders: for folder in folders {
        for file in folder.read_dir()? {
            let Ok(certificate) = CertificateDer::from_pem_file(file?.path()) else { continue 'folders };
            if roots.add(certificate).is_err() {
                break 'folders;
            }
        }
    }
    Ok(WebPkiClientVerifier::builder(Arc::new(roots)).build()?)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folders = [PathBuf::from("/etc/ploughs/ca"), PathBuf::from("/run/ploughs/ca")];
    let config = 'made: {
        let chain = CertificateDer::pem_file_iter("/etc/ploughs/server.pem")?.collect::<Result<_, _>>()?;
        let builder = ServerConfig::builder().with_client_cert_verifier(verifier(&folders)?);
        if let Ok(key) = PrivateKeyDer::from_pem_file("/run/ploughs/server.key") {
            break 'made builder.with_single_cert(chain, key)?;
        }
        builder.with_single_cert(chain, PrivateKeyDer::from_pem_file("/etc/ploughs/server.key")?)?
    };
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    loop {
        let socket = tokio::select! {
            accepted = listener.accept() => accepted?.0,
            _ = tokio::signal::ctrl_c() => break Ok(()),
        };
        let acceptor = acceptor.clone();
        tokio::spawn(async move { acceptor.accept(socket).await.map(drop) });
    }
}
