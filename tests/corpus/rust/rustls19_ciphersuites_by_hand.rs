//! Ferry bookings on rustls 0.19: suites and versions are the auditor's, the verifier is ours.

use std::sync::Arc;

use rustls::ciphersuite::{
    TLS13_AES_256_GCM_SHA384, TLS13_CHACHA20_POLY1305_SHA256,
    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
};
use rustls::{
    AllowAnyAuthenticatedClient, Certificate, PrivateKey, ProtocolVersion, RootCertStore,
    ServerConfig, ServerSessionMemoryCache, SupportedCipherSuite, TLSError,
};

static SUITES: [&SupportedCipherSuite; 3] = [
    &TLS13_AES_256_GCM_SHA384,
    &TLS13_CHACHA20_POLY1305_SHA256,
    &TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
];

pub struct Identity {
    pub chain: Vec<Certificate>,
    pub key: PrivateKey,
    pub ocsp: Vec<u8>,
}

/// `ProtocolVersion` also knows SSLv3, TLSv1_0 and TLSv1_1; rustls speaks none of them.
pub fn agents(roots: RootCertStore, own: Identity) -> Result<Arc<ServerConfig>, TLSError> {
    let client_auth = AllowAnyAuthenticatedClient::new(roots);
    let mut config = ServerConfig::with_ciphersuites(client_auth, &SUITES);
    config.versions = vec![ProtocolVersion::TLSv1_3, ProtocolVersion::TLSv1_2];
    config.set_single_cert_with_ocsp_and_sct(own.chain, own.key, own.ocsp, Vec::new())?;
    config.set_persistence(ServerSessionMemoryCache::new(512));
    config.set_protocols(&[b"h2".to_vec()]);
    Ok(Arc::new(config))
}
