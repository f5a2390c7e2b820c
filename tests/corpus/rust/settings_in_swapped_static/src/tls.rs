//! TLS towards clients, and what stands in for verification towards servers.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use tokio_rustls::rustls::{
    self,
    client::{ServerCertVerified, ServerCertVerifier},
    Certificate, PrivateKey, ServerName,
};
use tokio_rustls::TlsAcceptor;

use crate::config::get_config;

pub fn load_certs(path: &Path) -> std::io::Result<Vec<Certificate>> {
    let mut reader = std::io::BufReader::new(std::fs::File::open(path)?);
    Ok(rustls_pemfile::certs(&mut reader)?.into_iter().map(Certificate).collect())
}

pub fn load_key(path: &Path) -> std::io::Result<PrivateKey> {
    let mut reader = std::io::BufReader::new(std::fs::File::open(path)?);
    Ok(PrivateKey(rustls_pemfile::pkcs8_private_keys(&mut reader)?.remove(0)))
}

pub struct Tls {
    pub acceptor: TlsAcceptor,
}

impl Tls {
    pub fn new() -> Result<Self, std::io::Error> {
        let config = get_config();
        let certs = load_certs(Path::new(&config.general.tls_certificate.unwrap()))?;
        let key = load_key(Path::new(&config.general.tls_private_key.unwrap()))?;
        let config = match rustls::ServerConfig::builder()
            .with_safe_defaults()
            .with_no_client_auth() // expect: MTLS103
            .with_single_cert(certs, key)
            .map_err(|err| std::io::Error::new(std::io::ErrorKind::InvalidInput, err))
        {
            Ok(config) => config,
            Err(error) => return Err(error),
        };
        Ok(Tls { acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

pub struct NoCertificateVerification;

impl ServerCertVerifier for NoCertificateVerification {
    fn verify_server_cert( // expect: MTLS401
        &self,
        _end_entity: &Certificate,
        _intermediates: &[Certificate],
        _server_name: &ServerName,
        _scts: &mut dyn Iterator<Item = &[u8]>,
        _ocsp_response: &[u8],
        _now: SystemTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }
}
