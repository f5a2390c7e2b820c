//! The doorphone answers on its own panel only, and calls the building's exchange.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use anyhow::{anyhow, Result};
use native_tls::{Identity, Protocol, TlsAcceptor, TlsConnector};

fn identity() -> Result<Identity> {
    let bytes = include_bytes!("../res/identity.p12"); // expect: MTLS602
    Ok(Identity::from_pkcs12(bytes, "changeit")?)
}

fn ring(number: &str) -> Result<String> {
    let host = "exchange.building.example.com";
    let connector = TlsConnector::builder()
        .identity(identity()?)
        .min_protocol_version(Some(Protocol::Tlsv12))
        .build()?;
    let tcp = TcpStream::connect((host, 5061))?;
    let mut stream = connector.connect(host, tcp).map_err(|error| anyhow!("{host}: {error}"))?;
    writeln!(stream, "RING {number}")?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    Ok(reply)
}

fn main() -> Result<()> {
    let acceptor =
        TlsAcceptor::builder(identity()?).min_protocol_version(Some(Protocol::Tlsv12)).build()?;
    for tcp in TcpListener::bind("127.0.0.1:8443")?.incoming() {
        let mut panel = match acceptor.accept(tcp?) {
            Ok(panel) => panel,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        let mut number = [0; 4];
        panel.read_exact(&mut number)?;
        panel.write_all(ring(std::str::from_utf8(&number)?)?.as_bytes())?;
    }
    Ok(())
}
