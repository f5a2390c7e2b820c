//! Ticket gate controllers. The verify mode is put together bit by bit.

use std::net::TcpListener;
use std::sync::Arc;

use anyhow::Result;
use log::{info, warn};
use openssl::ssl::{
    NameType, SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode,
};
use openssl::x509::X509Name;

#[derive(Clone, Copy)]
enum ClientAuth {
    Off,
    Required,
}

/// What OpenSSL makes of our setting. `Off` is here for the table in the docs only.
fn describe(auth: ClientAuth) -> &'static str {
    match auth {
        ClientAuth::Off => "SslVerifyMode::NONE",
        ClientAuth::Required => "SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT",
    }
}

fn demand_certificates(builder: &mut SslAcceptorBuilder) -> Result<()> {
    let mut mode = SslVerifyMode::empty();
    mode.insert(SslVerifyMode::PEER);
    mode.insert(SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_verify(mode);
    builder.set_ca_file("/etc/gate/controllers.pem")?;
    builder.set_client_ca_list(X509Name::load_client_ca_file("/etc/gate/controllers.pem")?);
    info!("client certificates: {}", describe(ClientAuth::Required));
    Ok(())
}

fn main() -> Result<()> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("/etc/gate/gate.pem")?;
    builder.set_private_key_file("/etc/gate/gate.key", SslFiletype::PEM)?;
    demand_certificates(&mut builder)?;
    let acceptor = Arc::new(builder.build());

    info!("formerly: {}", describe(ClientAuth::Off));
    let listener = TcpListener::bind("0.0.0.0:5555")?;
    for socket in listener.incoming() {
        let (socket, acceptor) = (socket?, Arc::clone(&acceptor));
        std::thread::spawn(move || match acceptor.accept(socket) {
            Ok(stream) => {
                let name = stream.ssl().servername(NameType::HOST_NAME).unwrap_or("-");
                info!("{name}: {}", stream.ssl().version_str());
            }
            Err(error) => warn!("{error}"),
        });
    }
    Ok(())
}
