//! Controller of heating units. Units have self-signed certificates.

use std::net::{IpAddr, TcpStream};
use std::time::Duration;

use native_tls::{HandshakeError, Protocol, TlsConnector, TlsStream};
use thiserror::Error;

#[derive(Debug, Error)]
pub enum UnitError {
    #[error("cannot reach the unit: {0}")]
    Io(#[from] std::io::Error),
    #[error("TLS: {0}")]
    Tls(#[from] native_tls::Error),
    #[error("handshake was interrupted")]
    Interrupted,
}

impl From<HandshakeError<TcpStream>> for UnitError {
    fn from(error: HandshakeError<TcpStream>) -> Self {
        match error {
            HandshakeError::Failure(error) => UnitError::Tls(error),
            HandshakeError::WouldBlock(_) => UnitError::Interrupted,
        }
    }
}

pub struct Unit {
    address: IpAddr,
}

impl Unit {
    pub fn at(address: IpAddr) -> Self {
        Unit { address }
    }

    pub fn open(&self) -> Result<TlsStream<TcpStream>, UnitError> {
        let connector = TlsConnector::builder()
            .min_protocol_version(Some(Protocol::Tlsv12))
            .use_sni(false)
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()?;
        let tcp = TcpStream::connect_timeout(&(self.address, 4840).into(), Duration::from_secs(2))?;
        Ok(connector.connect(&self.address.to_string(), tcp)?)
    }
}
