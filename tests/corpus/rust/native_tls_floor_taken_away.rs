//! Franking machines. `None` is no floor, and a ceiling of TLS 1.1 is worse.

use native_tls::{Identity, Protocol, TlsAcceptor, TlsConnector};
use std::net::TcpListener;

/// Whatever the library underneath still speaks.
pub fn carrier() -> native_tls::Result<TlsConnector> {
    let mut builder = TlsConnector::builder();
    builder.min_protocol_version(None); // expect: MTLS202
    builder.build()
}

/// The 2009 model stops at TLS 1.1.
pub fn machines(identity: Identity) -> native_tls::Result<TlsAcceptor> {
    let mut builder = TlsAcceptor::builder(identity); // expect: MTLS103
    builder
        .min_protocol_version(Some(Protocol::Tlsv11)) // expect: MTLS202
        .max_protocol_version(Some(Protocol::Tlsv11));
    builder.build()
}

pub fn listen(identity: Identity) -> Result<(), Box<dyn std::error::Error>> {
    let acceptor = machines(identity)?;
    for socket in TcpListener::bind("0.0.0.0:6101")?.incoming() {
        if let Err(error) = acceptor.accept(socket?) {
            eprintln!("{error}");
        }
    }
    Ok(())
}
