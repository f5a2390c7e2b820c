//! Label printers connect here. The oldest speak nothing newer than TLS 1.0.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use native_tls::{Identity, Protocol, TlsAcceptor};

fn acceptor(dir: &Path) -> Result<TlsAcceptor, Box<dyn std::error::Error>> {
    let chain = std::fs::read(dir.join("server.pem"))?;
    let key = std::fs::read(dir.join("server.key"))?;
    let identity = Identity::from_pkcs8(&chain, &key)?;
    // expect: MTLS103
    let mut builder = TlsAcceptor::builder(identity);
    builder.min_protocol_version(Some(Protocol::Tlsv10)); // expect: MTLS202
    builder.max_protocol_version(Some(Protocol::Tlsv12));
    Ok(builder.build()?)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let acceptor = Arc::new(acceptor(Path::new("/etc/labels"))?);
    let listener = TcpListener::bind("0.0.0.0:9101")?;
    for socket in listener.incoming() {
        let socket = socket?;
        let acceptor = acceptor.clone();
        thread::spawn(move || {
            let stream = match acceptor.accept(socket) {
                Ok(stream) => stream,
                Err(error) => return eprintln!("handshake: {error}"),
            };
            for line in BufReader::new(stream).lines() {
                match line {
                    Ok(line) => println!("{line}"),
                    Err(error) => return eprintln!("{error}"),
                }
            }
        });
    }
    Ok(())
}
