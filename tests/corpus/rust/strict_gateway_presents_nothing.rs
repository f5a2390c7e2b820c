// corpus: profile=strict
//! Parcel gateway: partners come with certificates, and on the way to the sorters it has none.

use std::path::Path;
use std::sync::Arc;

use anyhow::{ensure, Result};
use rustls::pki_types::{
    pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer,
};
use rustls::server::WebPkiClientVerifier;
use rustls::version::TLS13;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{server::TlsStream, TlsAcceptor, TlsConnector};

const DIR: &str = "/etc/parcels";

fn authority(path: &str) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(path)? {
        roots.add(cert?)?;
    }
    Ok(roots)
}

fn partners() -> Result<ServerConfig> {
    let list = CertificateRevocationListDer::from_pem_file("/etc/parcels/partners.crl")?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(authority("/etc/parcels/partners.pem")?))
        .with_crls([list])
        .enforce_revocation_expiration()
        .build()?;
    let chain = vec![CertificateDer::from_pem_file(Path::new(DIR).join("gateway.pem"))?];
    let key = PrivateKeyDer::from_pem_file(Path::new(DIR).join("gateway.key"))?;
    Ok(ServerConfig::builder_with_protocol_versions(&[&TLS13])
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?)
}

fn to_sorters() -> Result<ClientConfig> {
    Ok(ClientConfig::builder_with_protocol_versions(&[&TLS13])
        .with_root_certificates(authority("/etc/parcels/sorters.pem")?)
        .with_no_client_auth()) // expect: MTLS304
}

fn to_customs() -> Result<ClientConfig> {
    let chain = vec![CertificateDer::from_pem_file(Path::new(DIR).join("customs.pem"))?];
    let key = PrivateKeyDer::from_pem_file(Path::new(DIR).join("customs.key"))?;
    Ok(ClientConfig::builder_with_protocol_versions(&[&TLS13])
        .with_root_certificates(authority("/etc/parcels/government.pem")?)
        .with_client_auth_cert(chain, key)?)
}

/// The weather service is everybody's.
fn to_weather() -> ClientConfig {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    ClientConfig::builder_with_protocol_versions(&[&TLS13])
        .with_root_certificates(roots)
        .with_no_client_auth()
}

fn known(stream: &TlsStream<TcpStream>) -> Result<()> {
    let certs = stream.get_ref().1.peer_certificates().unwrap_or_default();
    ensure!(certs.first().is_some_and(|cert| cert.len() > 64), "a stranger");
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let acceptor = TlsAcceptor::from(Arc::new(partners()?));
    let sorters = TlsConnector::from(Arc::new(to_sorters()?));
    let customs = TlsConnector::from(Arc::new(to_customs()?));
    let weather = TlsConnector::from(Arc::new(to_weather()));
    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    loop {
        let (socket, _) = listener.accept().await?;
        let inbound = acceptor.accept(socket).await?;
        known(&inbound)?;
        let _ = (&sorters, &customs, &weather);
    }
}
