//! Strong room. Whoever has a certificate of the bank is asked for the right one.
// corpus: profile=strict

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::{bail, Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::TLS13;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{server::TlsStream, TlsAcceptor};

fn config(dir: &str) -> Result<ServerConfig> {
    let mut staff = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(format!("{dir}/staff.pem"))? {
        staff.add(cert?)?;
    }
    let revoked = CertificateRevocationListDer::from_pem_file(format!("{dir}/staff.crl"))?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(staff))
        .with_crls([revoked])
        .enforce_revocation_expiration()
        .build()?;
    let chain = CertificateDer::pem_file_iter(format!("{dir}/tls.pem"))?.collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_file(format!("{dir}/tls.key"))?;
    Ok(ServerConfig::builder_with_protocol_versions(&[&TLS13])
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?)
}

fn holder(stream: &TlsStream<TcpStream>) -> Result<String> {
    let certs = stream.get_ref().1.peer_certificates().context("no certificate")?;
    let (_, leaf) = x509_parser::parse_x509_certificate(certs.first().context("empty chain")?)?;
    let name = leaf.subject().iter_common_name().next().context("no name")?;
    Ok(name.as_str()?.to_owned())
}

async fn open(mut stream: TlsStream<TcpStream>, keepers: Arc<HashSet<String>>) -> Result<()> {
    let holder = holder(&stream)?;
    if !keepers.contains(&holder) {
        bail!("{holder} is no keeper");
    }
    stream.write_all(b"open\n").await?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let keepers: Arc<HashSet<_>> = Arc::new(std::env::args().skip(1).collect());
    let acceptor = TlsAcceptor::from(Arc::new(config("/etc/strongroom")?));
    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    loop {
        let (socket, _) = listener.accept().await?;
        let stream = acceptor.accept(socket).await?;
        tokio::spawn(open(stream, keepers.clone()));
    }
}
