//! TLS for everything that is built on this crate; the callers bring their policies.
// corpus: profile=strict

use std::sync::Arc;

use anyhow::Result;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode, SslVersion};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{RootCertStore, ServerConfig};

pub struct Own {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
}

/// The verifier comes from elsewhere.
pub fn with_verifier(own: Own, verifier: Arc<dyn ClientCertVerifier>) -> Result<ServerConfig> {
    Ok(ServerConfig::builder_with_protocol_versions(&[&TLS13, &TLS12])
        .with_client_cert_verifier(verifier) // expect: MTLS904
        .with_single_cert(own.chain, own.key)?)
}

/// Only the CA does: what a client without a certificate meets is certain.
pub fn with_ca(own: Own, clients: RootCertStore) -> Result<ServerConfig> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(clients)).build()?; // expect: MTLS601
    Ok(ServerConfig::builder_with_protocol_versions(&[&TLS13, &TLS12])
        .with_client_cert_verifier(verifier)
        .with_single_cert(own.chain, own.key)?)
}

pub struct Policy {
    pub ca: String,
    pub mode: SslVerifyMode,
}

impl Policy {
    pub fn acceptor(&self, dir: &str) -> Result<SslAcceptor> {
        let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
        builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
        builder.set_certificate_chain_file(format!("{dir}/tls.pem"))?;
        builder.set_private_key_file(format!("{dir}/tls.key"), SslFiletype::PEM)?;
        builder.set_ca_file(&self.ca)?;
        builder.set_verify(self.mode); // expect: MTLS904
        Ok(builder.build())
    }
}
