//! Stair lift. The lift has no name to check, so its certificate itself is compared.

use std::net::{SocketAddr, TcpStream};

use anyhow::{anyhow, ensure, Context, Result};
use native_tls::{Certificate, Protocol, TlsConnector, TlsStream};

pub struct Lift {
    pub at: SocketAddr,
    pub certificate: Vec<u8>,
}

impl Lift {
    pub fn connect(&self) -> Result<TlsStream<TcpStream>> {
        let connector = TlsConnector::builder()
            .min_protocol_version(Some(Protocol::Tlsv12))
            .disable_built_in_roots(true)
            .add_root_certificate(Certificate::from_der(&self.certificate)?)
            .danger_accept_invalid_hostnames(true)
            .build()?;
        let stream = connector
            .connect("lift", TcpStream::connect(self.at)?)
            .map_err(|error| anyhow!("{}: {error}", self.at))?;
        let found = stream.peer_certificate()?.context("no certificate")?.to_der()?;
        ensure!(found == self.certificate, "{} is another lift", self.at);
        Ok(stream)
    }
}
