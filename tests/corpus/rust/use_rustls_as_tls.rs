//! Ring buffer server. `rustls` is `tls` in here, so that the feature can be swapped.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use anyhow::{Context as _, Result};
use rustls as tls;
use tls::pki_types::{self as pki, pem::PemObject as _};
use tls::server as tls_server;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio_rustls as tokio_tls;

#[derive(Clone)]
struct Ring {
    lines: Arc<Mutex<VecDeque<String>>>,
    size: usize,
}

impl Ring {
    fn push(&self, line: String) {
        let mut lines = self.lines.lock().unwrap();
        if lines.len() == self.size {
            lines.pop_front();
        }
        lines.push_back(line);
    }
}

fn writers(path: &str) -> Result<Arc<dyn tls_server::danger::ClientCertVerifier>> {
    let mut store = tls::RootCertStore::empty();
    for cert in pki::CertificateDer::pem_file_iter(path).context("writers")? {
        store.add(cert?)?;
    }
    Ok(tls_server::WebPkiClientVerifier::builder(store.into()).build()?)
}

fn acceptor(dir: &str, open: bool) -> Result<tokio_tls::TlsAcceptor> {
    let chain = pki::CertificateDer::pem_file_iter(format!("{dir}/tls.pem"))?;
    let key = pki::PrivateKeyDer::from_pem_file(format!("{dir}/tls.key"))?;
    let wants = tls::ServerConfig::builder();
    let wants = if open {
        wants.with_no_client_auth() // expect: MTLS103
    } else {
        wants.with_client_cert_verifier(writers(&format!("{dir}/writers.pem"))?)
    };
    let config = wants.with_single_cert(chain.collect::<Result<_, _>>()?, key)?;
    Ok(Arc::new(config).into())
}

#[tokio::main]
async fn main() -> Result<()> {
    let open = std::env::args().any(|argument| argument == "--open");
    let acceptor = acceptor("/etc/ring", open)?;
    let ring = Ring { lines: Default::default(), size: 1000 };
    let listener = tokio::net::TcpListener::bind("0.0.0.0:5140").await?;
    loop {
        let (socket, _) = listener.accept().await?;
        let (acceptor, ring) = (acceptor.clone(), ring.clone());
        tokio::spawn(async move {
            let mut lines = BufReader::new(acceptor.accept(socket).await?).lines();
            while let Some(line) = lines.next_line().await? {
                ring.push(line);
            }
            lines.into_inner().into_inner().shutdown().await
        });
    }
}
