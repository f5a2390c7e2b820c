//! Radio archive on salvo with OpenSSL: the closure sees the builder that salvo made.

use openssl::ssl::{SslVerifyMode, SslVersion};
use salvo::conn::openssl::{Keycert, OpensslConfig};
use salvo::prelude::*;

#[handler]
async fn tapes(res: &mut Response) {
    res.render("tape 1954-03, tape 1954-04");
}

fn own() -> std::io::Result<Keycert> {
    Keycert::new().with_cert_path("radio.pem")?.with_key_path("radio.key")
}

fn producers() -> std::io::Result<OpensslConfig> {
    Ok(OpensslConfig::new(own()?).builder_modifier(|builder| {
        builder.set_min_proto_version(Some(SslVersion::TLS1_2)).unwrap();
        builder.set_ca_file("/etc/radio/producers.pem").unwrap();
        builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    }))
}

fn listeners() -> std::io::Result<OpensslConfig> {
    let config = OpensslConfig::new(own()?).builder_modifier(|builder| {
        builder.set_min_proto_version(Some(SslVersion::TLS1_2)).unwrap();
        builder.set_ca_file("/etc/radio/listeners.pem").unwrap();
        builder.set_verify(SslVerifyMode::PEER); // expect: MTLS101
    });
    Ok(config)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let archive = TcpListener::new("0.0.0.0:5443").openssl(producers()?).bind().await;
    let stream = TcpListener::new("0.0.0.0:5444").openssl(listeners()?).bind().await;
    tokio::spawn(Server::new(stream).serve(Router::new().get(live)));
    Server::new(archive).serve(Router::with_path("tapes").get(tapes)).await;
    Ok(())
}

#[handler]
async fn live() -> &'static str {
    "now: the shipping forecast"
}
