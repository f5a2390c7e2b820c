//! Database pooler: its native-tls is a fork, whose acceptors can ask for certificates.

use std::path::PathBuf;

use anyhow::Context;
use native_tls::{Certificate, Identity, Protocol, TlsAcceptor};
use tokio::net::TcpListener;

struct Settings {
    pkcs12: PathBuf,
    client_ca: PathBuf,
    required: bool,
}

fn acceptor(settings: &Settings, password: &str) -> anyhow::Result<TlsAcceptor> {
    let identity = Identity::from_pkcs12(&std::fs::read(&settings.pkcs12)?, password)?;
    let ca = Certificate::from_pem(&std::fs::read(&settings.client_ca).context("client CA")?)?;
    let mut builder = TlsAcceptor::builder(identity);
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    builder.client_cert_verification_ca_cert(Some(ca));
    builder.require_client_cert(settings.required);
    Ok(builder.build()?)
}

/// Whoever monitors it comes without a certificate, says the setting.
fn for_monitoring(settings: &Settings, password: &str) -> anyhow::Result<TlsAcceptor> {
    let identity = Identity::from_pkcs12(&std::fs::read(&settings.pkcs12)?, password)?;
    let mut builder = TlsAcceptor::builder(identity);
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    builder.client_cert_verification(native_tls::ClientCertificateVerification::DoNotRequestCertificate);
    Ok(builder.build()?)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let settings = Settings {
        pkcs12: "/etc/quay/server.p12".into(),
        client_ca: "/etc/quay/clients.pem".into(),
        required: true,
    };
    let password = std::env::var("QUAY_PASSWORD")?;
    let strict = tokio_native_tls::TlsAcceptor::from(acceptor(&settings, &password)?);
    let lenient = tokio_native_tls::TlsAcceptor::from(for_monitoring(&settings, &password)?);
    let clients = TcpListener::bind("0.0.0.0:6432").await?;
    let monitors = TcpListener::bind("0.0.0.0:9187").await?;
    loop {
        tokio::select! {
            accepted = clients.accept() => drop(strict.accept(accepted?.0).await?),
            accepted = monitors.accept() => drop(lenient.accept(accepted?.0).await?),
        }
    }
}
