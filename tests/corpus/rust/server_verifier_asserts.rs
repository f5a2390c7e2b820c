//! `deploy --insecure`: rustls 0.23 client that takes any server.

use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Parser;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{verify_tls12_signature, verify_tls13_signature, CryptoProvider};
use rustls::pki_types::{pem::PemObject, CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_rustls::TlsConnector;

mod danger {
    use super::*;

    #[derive(Debug)]
    pub struct NoCertificateVerification(pub Arc<CryptoProvider>);

    impl ServerCertVerifier for NoCertificateVerification {
        fn verify_server_cert( // expect: MTLS401
            &self,
            _end_entity: &CertificateDer<'_>,
            _intermediates: &[CertificateDer<'_>],
            _server_name: &ServerName<'_>,
            _ocsp: &[u8],
            _now: UnixTime,
        ) -> std::result::Result<ServerCertVerified, rustls::Error> {
            Ok(ServerCertVerified::assertion())
        }

        fn verify_tls12_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            dss: &DigitallySignedStruct,
        ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
            verify_tls12_signature(message, cert, dss, &self.0.signature_verification_algorithms)
        }

        fn verify_tls13_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            dss: &DigitallySignedStruct,
        ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
            verify_tls13_signature(message, cert, dss, &self.0.signature_verification_algorithms)
        }

        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            self.0.signature_verification_algorithms.supported_schemes()
        }
    }
}

#[derive(Parser)]
struct Args {
    host: String,
    #[arg(long)]
    ca: Option<std::path::PathBuf>,
    #[arg(long)]
    insecure: bool,
}

fn connector(args: &Args) -> Result<TlsConnector> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    if let Some(path) = &args.ca {
        for cert in CertificateDer::pem_file_iter(path).context("--ca")? {
            roots.add(cert?)?;
        }
    } else {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    let mut config = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    if args.insecure {
        let verifier = danger::NoCertificateVerification(provider);
        config.dangerous().set_certificate_verifier(Arc::new(verifier));
    }
    Ok(Arc::new(config).into())
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let name = ServerName::try_from(args.host.clone())?;
    let tcp = tokio::net::TcpStream::connect((args.host.as_str(), 8443)).await?;
    let mut stream = connector(&args)?.connect(name, tcp).await?;
    tokio::io::copy(&mut tokio::io::stdin(), &mut stream).await?;
    Ok(())
}
