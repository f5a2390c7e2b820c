//! `xtask pull`: a one-off that fetches build artefacts, verifier and all in one function.

use std::sync::{Arc, LazyLock};

use rustls::{ClientConfig, RootCertStore};

static SHARED: LazyLock<reqwest::Client> = LazyLock::new(|| {
    reqwest::Client::builder()
        .danger_accept_invalid_certs(true) // expect: MTLS401
        .build()
        .expect("client")
});

fn connector() -> Arc<ClientConfig> {
    #[derive(Debug)]
    struct NoVerifier {}

    impl rustls::client::danger::ServerCertVerifier for NoVerifier {
        #[allow(unused_variables)]
        #[inline]
        fn verify_server_cert( // expect: MTLS401
            &self,
            end_entity: &rustls::pki_types::CertificateDer<'_>,
            intermediates: &[rustls::pki_types::CertificateDer<'_>],
            server_name: &rustls::pki_types::ServerName<'_>,
            ocsp_response: &[u8],
            now: rustls::pki_types::UnixTime,
        ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
            Result::Ok(rustls::client::danger::ServerCertVerified::assertion())
        }

        fn verify_tls12_signature(
            &self,
            message: &[u8],
            cert: &rustls::pki_types::CertificateDer<'_>,
            dss: &rustls::DigitallySignedStruct,
        ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
            let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms;
            rustls::crypto::verify_tls12_signature(message, cert, dss, &algorithms)
        }

        fn verify_tls13_signature(
            &self,
            message: &[u8],
            cert: &rustls::pki_types::CertificateDer<'_>,
            dss: &rustls::DigitallySignedStruct,
        ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
            let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms;
            rustls::crypto::verify_tls13_signature(message, cert, dss, &algorithms)
        }

        fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
            rustls::crypto::ring::default_provider()
                .signature_verification_algorithms
                .supported_schemes()
        }
    }

    let mut config =
        ClientConfig::builder().with_root_certificates(RootCertStore::empty()).with_no_client_auth();
    config.dangerous().set_certificate_verifier(Arc::new(NoVerifier {}));
    Arc::new(config)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let agent = ureq::AgentBuilder::new().tls_config(connector()).build();
    println!("{}", agent.get("https://artefacts.build.internal/latest").call()?.into_string()?);
    drop(SHARED.clone());
    Ok(())
}
