//! Coin counter over DTLS. `RequestClientCert` and its siblings exist in this crate.

use std::sync::Arc;

use webrtc_dtls::config::{ClientAuthType, Config, ExtendedMasterSecretType};
use webrtc_dtls::crypto::Certificate;
use webrtc_dtls::listener::listen;
use webrtc_util::conn::Listener;

const ACCEPTED: [ClientAuthType; 2] =
    [ClientAuthType::RequireAndVerifyClientCert, ClientAuthType::VerifyClientCertIfGiven];

fn config(certificate: Certificate, clients: rustls::RootCertStore) -> Config {
    Config {
        certificates: vec![certificate],
        extended_master_secret: ExtendedMasterSecretType::Require,
        client_auth: ClientAuthType::RequireAndVerifyClientCert,
        client_cas: clients,
        ..Default::default()
    }
}

pub async fn run(certificate: Certificate, clients: rustls::RootCertStore) -> anyhow::Result<()> {
    tracing::debug!(known = ACCEPTED.len());
    let listener = Arc::new(listen("0.0.0.0:4444", config(certificate, clients)).await?);
    while let Ok((connection, peer)) = listener.accept().await {
        tracing::info!(%peer, "counter");
        drop(connection);
    }
    Ok(())
}
