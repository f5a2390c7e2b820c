//! Both arms of the choice write their whole configuration out.

use std::sync::Arc;

use rustls::server::WebPkiClientVerifier;
use rustls::ServerConfig;
use tokio_rustls::TlsAcceptor;

pub fn acceptor(files: &Files) -> anyhow::Result<TlsAcceptor> {
    let mut config = match &files.client_ca {
        Some(ca) => {
            let verifier = WebPkiClientVerifier::builder(Arc::new(pem::roots(ca)?)).build()?;
            ServerConfig::builder()
                .with_client_cert_verifier(verifier)
                .with_single_cert(pem::chain(&files.cert)?, pem::key(&files.key)?)?
        }
        None => ServerConfig::builder()
            .with_no_client_auth() // expect: MTLS103
            .with_single_cert(pem::chain(&files.cert)?, pem::key(&files.key)?)
            .map_err(|error| anyhow::anyhow!("{}: {error}", files.cert.display()))?,
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
