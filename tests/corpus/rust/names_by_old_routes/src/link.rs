extern crate native_tls;

use self::native_tls::{TlsConnector, TlsStream};
use settings::Lookup;
use std::error::Error;
use std::net::TcpStream;

/// Takes a connection over into TLS.
pub fn open(lookup: &Lookup, stream: TcpStream) -> Result<TlsStream<TcpStream>, Box<Error>> {
    let mut builder = TlsConnector::builder(); // expect: MTLS201
    builder.danger_accept_invalid_certs(!lookup.check_certificate); // expect: MTLS401
    builder.use_sni(false);
    let connector = builder.build()?;
    Ok(connector.connect(&lookup.host, stream)?)
}
