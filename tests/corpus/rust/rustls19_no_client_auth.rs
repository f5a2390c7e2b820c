// Guest Wi-Fi portal, rustls 0.19 under async-tls.
use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;

use async_std::net::TcpListener;
use async_std::prelude::*;
use async_tls::TlsAcceptor;
use rustls::internal::pemfile::{certs, pkcs8_private_keys};
use rustls::{NoClientAuth, ServerConfig};

fn acceptor() -> std::io::Result<TlsAcceptor> {
    let chain = certs(&mut BufReader::new(File::open("portal.pem")?)).expect("portal.pem");
    let mut keys =
        pkcs8_private_keys(&mut BufReader::new(File::open("portal.key")?)).expect("portal.key");
    let mut config = ServerConfig::new(NoClientAuth::new()); // expect: MTLS103
    config.set_single_cert(chain, keys.remove(0)).expect("certificate and key");
    Ok(TlsAcceptor::from(Arc::new(config)))
}

#[async_std::main]
async fn main() -> std::io::Result<()> {
    let acceptor = acceptor()?;
    let listener = TcpListener::bind("0.0.0.0:443").await?;
    while let Some(stream) = listener.incoming().next().await {
        let (stream, acceptor) = (stream?, acceptor.clone());
        async_std::task::spawn(async move {
            let mut tls = acceptor.accept(stream).await?;
            tls.write_all(b"HTTP/1.1 302 Found\r\nLocation: /welcome\r\n\r\n").await
        });
    }
    Ok(())
}
