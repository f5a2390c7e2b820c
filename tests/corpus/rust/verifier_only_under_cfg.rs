//! Handshake limiter. The shortcuts below `#[cfg(test)]` never reach a release build.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio_rustls::{server::TlsStream, TlsAcceptor};

pub struct Gate {
    acceptor: TlsAcceptor,
    permits: Semaphore,
    patience: Duration,
}

impl Gate {
    pub fn new(
        verifier: Arc<dyn ClientCertVerifier>,
        chain: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
    ) -> Result<Self> {
        let config = ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(chain, key)?;
        Ok(Gate {
            acceptor: Arc::new(config).into(),
            permits: Semaphore::new(64),
            patience: Duration::from_secs(5),
        })
    }

    pub async fn accept(&self, socket: TcpStream) -> Result<TlsStream<TcpStream>> {
        let _permit = self.permits.acquire().await.context("gate is closed")?;
        tokio::time::timeout(self.patience, self.acceptor.accept(socket))
            .await
            .context("handshake took too long")?
            .context("handshake")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::client::danger::HandshakeSignatureValid;
    use rustls::pki_types::UnixTime;
    use rustls::server::danger::ClientCertVerified;
    use rustls::server::WebPkiClientVerifier;
    use rustls::{DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

    #[derive(Debug)]
    struct Anybody;

    impl ClientCertVerifier for Anybody {
        fn client_auth_mandatory(&self) -> bool {
            false
        }
        fn root_hint_subjects(&self) -> &[DistinguishedName] {
            &[]
        }
        fn verify_client_cert(
            &self,
            _: &CertificateDer<'_>,
            _: &[CertificateDer<'_>],
            _: UnixTime,
        ) -> Result<ClientCertVerified, Error> {
            Ok(ClientCertVerified::assertion())
        }
        fn verify_tls12_signature(
            &self,
            _: &[u8],
            _: &CertificateDer<'_>,
            _: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            Ok(HandshakeSignatureValid::assertion())
        }
        fn verify_tls13_signature(
            &self,
            _: &[u8],
            _: &CertificateDer<'_>,
            _: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            Ok(HandshakeSignatureValid::assertion())
        }
        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            vec![SignatureScheme::ED25519]
        }
    }

    #[test]
    fn refuses_a_key_that_does_not_fit() {
        let key = PrivateKeyDer::try_from(vec![0u8; 16]);
        assert!(key.is_err());
    }

    #[test]
    fn builds_for_anybody() {
        let _ = ServerConfig::builder().with_client_cert_verifier(Arc::new(Anybody));
        let _ = ServerConfig::builder()
            .with_client_cert_verifier(WebPkiClientVerifier::no_client_auth());
        let _ = ServerConfig::builder().with_no_client_auth();
    }
}
