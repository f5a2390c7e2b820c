//! A shop terminal gateway that believes native-tls verifies its clients.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;

use anyhow::{Context, Result};
use native_tls::{Certificate, Identity, Protocol, TlsAcceptor};

fn identity() -> Result<Identity> {
    let chain = std::fs::read("/etc/shop/gateway.pem").context("certificate")?;
    let key = std::fs::read("/etc/shop/gateway.key").context("key")?;
    Ok(Identity::from_pkcs8(&chain, &key)?)
}

fn acceptor() -> Result<TlsAcceptor> {
    let terminals = Certificate::from_pem(&std::fs::read("/etc/shop/terminals.pem")?)?;
    let mut builder = TlsAcceptor::builder(identity()?); // expect: MTLS103
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    builder.add_root_certificate(terminals); // expect: MTLS901
    builder.client_auth(native_tls::ClientAuthMode::Verify); // expect: MTLS901
    Ok(builder.build()?)
}

fn main() -> Result<()> {
    let acceptor = Arc::new(acceptor()?);
    let listener = TcpListener::bind("0.0.0.0:8583")?;
    for socket in listener.incoming() {
        let (socket, acceptor) = (socket?, Arc::clone(&acceptor));
        std::thread::spawn(move || -> Result<()> {
            let mut stream = BufReader::new(acceptor.accept(socket)?);
            let mut line = String::new();
            while stream.read_line(&mut line)? > 0 {
                let answer = if line.starts_with("0800") { "0810" } else { "0000" };
                writeln!(stream.get_mut(), "{answer}")?;
                line.clear();
            }
            Ok(())
        });
    }
    Ok(())
}
