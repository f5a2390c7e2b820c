//! Ballot boxes on salvo: each TLS listener insists, by whatever library it has.

use openssl::ssl::{SslVerifyMode, SslVersion};
use salvo::conn::openssl::{Keycert as OpensslKeycert, OpensslConfig};
use salvo::conn::rustls::{Keycert, RustlsConfig, TlsClientAuth};
use salvo::prelude::*;

#[handler]
async fn seal(req: &mut Request) -> String {
    format!("box {} is sealed", req.param::<u32>("number").unwrap_or_default())
}

fn by_rustls(ca: Vec<u8>) -> std::io::Result<RustlsConfig> {
    let own = Keycert::new().cert_from_path("box.pem")?.key_from_path("box.key")?;
    let mut config = RustlsConfig::new(own);
    config.client_auth = TlsClientAuth::Required(ca);
    Ok(config)
}

fn by_openssl() -> std::io::Result<OpensslConfig> {
    let own = OpensslKeycert::new().with_cert_path("box.pem")?.with_key_path("box.key")?;
    Ok(OpensslConfig::new(own).builder_modifier(|builder| {
        builder.set_min_proto_version(Some(SslVersion::TLS1_2)).unwrap();
        builder.set_ca_file("officers.pem").unwrap();
        builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    }))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let first = TcpListener::new("0.0.0.0:8443").rustls(by_rustls(std::fs::read("officers.pem")?)?);
    let second = TcpListener::new("0.0.0.0:9443").openssl(by_openssl()?);
    let acceptor = first.join(second).bind().await;
    Server::new(acceptor).serve(Router::with_path("seal/{number}").post(seal)).await;
    Ok(())
}
