//! The carrier's line protocol.

use std::io::{Read, Write};
use std::net::TcpStream;

use native_tls::{Protocol, TlsConnector, TlsConnectorBuilder};

pub struct Carrier {
    host: String,
    tls: TlsConnector,
}

fn modern(builder: &mut TlsConnectorBuilder) -> &mut TlsConnectorBuilder {
    builder.min_protocol_version(Some(Protocol::Tlsv12))
}

impl Carrier {
    pub fn new(host: &str) -> Result<Self, native_tls::Error> {
        let mut builder = TlsConnector::builder();
        let tls = modern(&mut builder).build()?;
        Ok(Carrier { host: host.to_owned(), tls })
    }

    pub fn send(&self, page: &str) -> Result<(), Box<dyn std::error::Error>> {
        let tcp = TcpStream::connect((self.host.as_str(), 4441))?;
        let mut stream = self.tls.connect(&self.host, tcp).map_err(|error| error.to_string())?;
        writeln!(stream, "{}", page.trim())?;
        let mut answer = [0u8; 2];
        stream.read_exact(&mut answer)?;
        if &answer != b"OK" {
            return Err("refused by the carrier".into());
        }
        Ok(())
    }
}
