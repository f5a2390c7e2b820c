//! What both ends use.

use std::sync::Arc;

use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ClientCertVerifierBuilder, WebPkiClientVerifier};
use rustls::{ClientConfig, RootCertStore, ServerConfig};

fn roots() -> Result<Arc<RootCertStore>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("/etc/gauge/gauges.pem")?)?;
    Ok(Arc::new(roots))
}

fn own() -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let chain = CertificateDer::pem_file_iter("/etc/gauge/own.pem")?.collect::<Result<_, _>>()?;
    Ok((chain, PrivateKeyDer::from_pem_file("/etc/gauge/own.key")?))
}

pub fn verifier() -> Result<ClientCertVerifierBuilder> {
    Ok(WebPkiClientVerifier::builder(roots()?))
}

pub fn server(verifier: ClientCertVerifierBuilder) -> Result<Arc<ServerConfig>> {
    let (chain, key) = own()?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier.build()?)
        .with_single_cert(chain, key)?;
    Ok(Arc::new(config))
}

pub fn client() -> Result<ClientConfig> {
    let (chain, key) = own()?;
    Ok(ClientConfig::builder().with_root_certificates(roots()?).with_client_auth_cert(chain, key)?)
}
