//! Elevators have a serial number where others have a host name. openssl's own check knows only
//! the latter, so ours takes its place before a byte is sent.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};

use anyhow::{anyhow, ensure, Context, Result};
use openssl::nid::Nid;
use openssl::ssl::{SslConnector, SslFiletype, SslMethod, SslStream, SslVersion};

pub struct Depot {
    connector: SslConnector,
}

impl Depot {
    pub fn open() -> Result<Depot> {
        let mut builder = SslConnector::builder(SslMethod::tls_client())?;
        builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
        builder.set_ca_file("/etc/depot/elevators.pem")?;
        builder.set_certificate_chain_file("/etc/depot/tls.pem")?;
        builder.set_private_key_file("/etc/depot/tls.key", SslFiletype::PEM)?;
        Ok(Depot { connector: builder.build() })
    }

    pub fn elevator(&self, at: SocketAddr, serial: &str) -> Result<Session> {
        let tcp = TcpStream::connect(at)?;
        let stream = self
            .connector
            .configure()?
            .verify_hostname(false)
            .use_server_name_indication(false)
            .connect(serial, tcp)
            .map_err(|error| anyhow!("{at}: {error}"))?;
        let cert = stream.ssl().peer_certificate().context("no certificate")?;
        let found = cert
            .subject_name()
            .entries_by_nid(Nid::SERIALNUMBER)
            .next()
            .and_then(|entry| entry.data().as_utf8().ok())
            .map(|text| text.to_string())
            .context("no serial number")?;
        ensure!(found == serial, "{at} is {found}, not {serial}");
        Ok(Session(BufReader::new(stream)))
    }
}

pub struct Session(BufReader<SslStream<TcpStream>>);

impl Session {
    pub fn ask(&mut self, question: &str) -> Result<String> {
        writeln!(self.0.get_mut(), "{question}")?;
        let mut answer = String::new();
        self.0.read_line(&mut answer)?;
        Ok(answer)
    }
}
