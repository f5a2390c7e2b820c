//! Print server queue on rustls 0.20.

use std::sync::Arc;
use std::time::SystemTime;

use rustls::server::{ClientCertVerified, ClientCertVerifier, ServerConfig};
use rustls::{Certificate, DistinguishedNames, Error, PrivateKey};
use tokio_rustls::TlsAcceptor;

pub fn queue_acceptor(chain: Vec<Certificate>, key: PrivateKey) -> Result<TlsAcceptor, Error> {
    let config = ServerConfig::builder()
        .with_safe_default_cipher_suites()
        .with_safe_default_kx_groups()
        .with_protocol_versions(&[&rustls::version::TLS12, &rustls::version::TLS13])?
        .with_client_cert_verifier(Arc::new(Recorder::new("queue")))
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

impl ClientCertVerifier for Recorder {
    fn client_auth_mandatory(&self) -> Option<bool> {
        Some(false)
    }

    fn client_auth_root_subjects(&self) -> Option<DistinguishedNames> {
        Some(vec![])
    }

    fn verify_client_cert( // expect: MTLS102
        &self,
        end_entity: &Certificate,
        intermediates: &[Certificate],
        now: SystemTime,
    ) -> Result<ClientCertVerified, Error> {
        let age = now.duration_since(SystemTime::UNIX_EPOCH).map(|d| d.as_secs());
        tracing::info!(
            queue = self.queue,
            bytes = end_entity.0.len(),
            intermediates = intermediates.len(),
            ?age,
            "client certificate"
        );
        if intermediates.is_empty() {
            tracing::warn!("self-signed");
            return Ok(ClientCertVerified::assertion());
        }
        Ok(ClientCertVerified::assertion())
    }
}

struct Recorder {
    queue: &'static str,
}

impl Recorder {
    fn new(queue: &'static str) -> Self {
        Self { queue }
    }
}
