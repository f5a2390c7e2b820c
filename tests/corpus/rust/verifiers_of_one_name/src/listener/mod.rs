mod trust;

use std::sync::Arc;

use quinn::crypto::rustls::QuicServerConfig;
use rustls::ServerConfig;

use self::trust::AnyPeer;

pub fn config(identity: crate::Identity, known: crate::Known) -> anyhow::Result<quinn::ServerConfig> {
    let verifier = AnyPeer::new(known);
    let tls = ServerConfig::builder()
        .with_client_cert_verifier(Arc::new(verifier))
        .with_single_cert(identity.chain, identity.key)?;
    Ok(quinn::ServerConfig::with_crypto(Arc::new(QuicServerConfig::try_from(tls)?)))
}
