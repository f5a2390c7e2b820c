//! Partner feed. "They all have certificates from a real CA."

use std::net::TcpListener;
use std::sync::Arc;

use anyhow::{Context, Result};
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};

fn partners() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("/etc/feed/tls.pem")?;
    builder.set_private_key_file("/etc/feed/tls.key", SslFiletype::PEM)?;
    builder.set_default_verify_paths().context("system roots")?; // expect: MTLS106
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}

fn auditors() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("/etc/feed/tls.pem")?;
    builder.set_private_key_file("/etc/feed/tls.key", SslFiletype::PEM)?;
    let mode = SslVerifyMode::FAIL_IF_NO_PEER_CERT | SslVerifyMode::PEER;
    builder.set_verify(mode);
    builder.set_ca_file("/etc/ssl/certs/ca-certificates.crt")?; // expect: MTLS106
    Ok(builder.build())
}

fn listen(port: u16, acceptor: SslAcceptor) -> Result<()> {
    let acceptor = Arc::new(acceptor);
    let listener = TcpListener::bind(("0.0.0.0", port))?;
    for socket in listener.incoming() {
        let acceptor = Arc::clone(&acceptor);
        let socket = socket?;
        std::thread::spawn(move || {
            if let Err(error) = acceptor.accept(socket) {
                log::info!("port {port}: {error}");
            }
        });
    }
    Ok(())
}

fn main() -> Result<()> {
    let audit = auditors()?;
    std::thread::spawn(move || listen(9444, audit));
    listen(9443, partners()?)
}
