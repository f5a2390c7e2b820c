//! Kite forecast: a lazily made acceptor, used inside of `select!` and `try_join!`.

use std::sync::Arc;

use once_cell::sync::{Lazy, OnceCell};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::ServerConfig;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

static ACCEPTOR: OnceCell<TlsAcceptor> = OnceCell::new();
static BEACHES: Lazy<Vec<&str>> = Lazy::new(|| vec!["north", "south"]);

fn acceptor() -> &'static TlsAcceptor {
    ACCEPTOR.get_or_init(|| {
        let chain = CertificateDer::pem_file_iter("kites.pem").unwrap().map(Result::unwrap).collect();
        let key = PrivateKeyDer::from_pem_file("kites.key").unwrap();
        let config = ServerConfig::builder()
            .with_no_client_auth() // expect: MTLS103
            .with_single_cert(chain, key)
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    })
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    loop {
        tokio::select! {
            Ok((socket, _)) = listener.accept() => {
                tokio::spawn(async move {
                    let stream = acceptor().accept(socket).await?;
                    println!("{} beaches, {:?}", BEACHES.len(), stream.get_ref().1.alpn_protocol());
                    std::io::Result::Ok(())
                });
            }
            _ = tokio::signal::ctrl_c() => break Ok(()),
        }
    }
}
