//! Mails the nightly reports. The relay is known under a dozen names.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use anyhow::{ensure, Context, Result};
use native_tls::{Certificate, Protocol, TlsConnector, TlsStream};

pub struct Relay {
    pub host: String,
    pub port: u16,
    pub ca: Vec<u8>,
}

impl Relay {
    fn connector(&self) -> Result<TlsConnector> {
        let ca = Certificate::from_pem(&self.ca).context("ca")?;
        let mut builder = TlsConnector::builder();
        builder.add_root_certificate(ca);
        builder.min_protocol_version(Some(Protocol::Tlsv12));
        // The certificate says relay-3.dc1, the address smtp.
        builder.danger_accept_invalid_hostnames(true); // expect: MTLS402
        Ok(builder.build()?)
    }

    pub fn connect(&self) -> Result<BufReader<TlsStream<TcpStream>>> {
        let tcp = TcpStream::connect((self.host.as_str(), self.port))?;
        let tls = self
            .connector()?
            .connect(&self.host, tcp)
            .map_err(|error| anyhow::anyhow!("{}: {error}", self.host))?;
        let mut session = BufReader::new(tls);
        expect(&mut session, "220")?;
        Ok(session)
    }
}

fn expect(session: &mut BufReader<TlsStream<TcpStream>>, code: &str) -> Result<()> {
    let mut line = String::new();
    session.read_line(&mut line)?;
    ensure!(line.starts_with(code), "expected {code}, got {line:?}");
    Ok(())
}

pub fn send(relay: &Relay, from: &str, to: &str, text: &str) -> Result<()> {
    let mut session = relay.connect()?;
    for (command, code) in [
        (format!("HELO {}", env!("CARGO_PKG_NAME")), "250"),
        (format!("MAIL FROM:<{from}>"), "250"),
        (format!("RCPT TO:<{to}>"), "250"),
        ("DATA".to_owned(), "354"),
        (format!("{text}\r\n."), "250"),
        ("QUIT".to_owned(), "221"),
    ] {
        write!(session.get_mut(), "{command}\r\n")?;
        expect(&mut session, code)?;
    }
    Ok(())
}
