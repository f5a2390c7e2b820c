//! A looking glass for engineers: keys are logged; the rest stays as it was.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, KeyLogFile, RootCertStore, SignatureScheme};

#[derive(Debug)]
struct Glass;

impl ServerCertVerifier for Glass {
    fn verify_server_cert( // expect: MTLS401
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature( // expect: MTLS403
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

pub fn glass() -> Arc<ClientConfig> {
    let mut config = Arc::new(
        ClientConfig::builder()
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Glass))
            .with_no_client_auth(),
    );
    Arc::get_mut(&mut config).unwrap().key_log = Arc::new(KeyLogFile::new());
    config
}

pub fn window(roots: RootCertStore) -> Arc<ClientConfig> {
    let mut config = Arc::new(
        ClientConfig::builder().with_root_certificates(roots).with_no_client_auth(),
    );
    Arc::make_mut(&mut config).alpn_protocols = vec![b"h2".to_vec()];
    config
}
