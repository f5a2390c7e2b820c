//! Edge of the archive: takes the identity from the certificate, and writes the header that the
//! application behind it reads. What clients send under that name is dropped.

use std::sync::Arc;

use anyhow::{Context, Result};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio_rustls::TlsAcceptor;

static SUBJECT: HeaderName = HeaderName::from_static("x-ssl-client-s-dn");
const FORGEABLE: [&str; 3] = ["x-ssl-client-s-dn", "x-ssl-client-verify", "x-client-cert"];

fn config() -> Result<ServerConfig> {
    let mut readers = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("/etc/edge/readers.pem").context("readers.pem")? {
        readers.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(readers)).build()?;
    let chain = CertificateDer::pem_file_iter("/etc/edge/tls.pem")?.collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_file("/etc/edge/tls.key")?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

fn subject(cert: &CertificateDer<'_>) -> Result<HeaderValue> {
    let (_, cert) = x509_parser::parse_x509_certificate(cert)?;
    Ok(HeaderValue::from_str(&cert.subject().to_string())?)
}

pub fn identify(headers: &mut HeaderMap, cert: &CertificateDer<'_>) -> Result<()> {
    for name in FORGEABLE {
        if headers.remove(name).is_some() {
            tracing::warn!(name, "sent by a client, dropped");
        }
    }
    headers.insert(&SUBJECT, subject(cert)?);
    Ok(())
}

async fn forward(acceptor: TlsAcceptor, tcp: TcpStream) -> Result<()> {
    let mut client = acceptor.accept(tcp).await?;
    let certs = client.get_ref().1.peer_certificates().context("no certificate")?;
    let mut headers = HeaderMap::new();
    identify(&mut headers, certs.first().context("no certificate")?)?;
    let mut app = UnixStream::connect("/run/archive.sock").await?;
    for (name, value) in &headers {
        app.write_all(format!("{name}: ").as_bytes()).await?;
        app.write_all(value.as_bytes()).await?;
        app.write_all(b"\r\n").await?;
    }
    tokio::io::copy_bidirectional(&mut client, &mut app).await?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let acceptor = TlsAcceptor::from(Arc::new(config()?));
    let listener = TcpListener::bind("[::]:8443").await?;
    loop {
        let (tcp, peer) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            if let Err(error) = forward(acceptor, tcp).await {
                tracing::debug!(%peer, %error);
            }
        });
    }
}
