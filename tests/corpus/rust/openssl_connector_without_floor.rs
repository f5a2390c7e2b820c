//! Checks that the certificates of our sites are not about to expire.

use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result};
use openssl::asn1::Asn1Time;
use openssl::ssl::{SslConnector, SslMethod};

struct Site {
    host: String,
    port: u16,
}

impl std::str::FromStr for Site {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (host, port) = text.split_once(':').unwrap_or((text, "443"));
        Ok(Site { host: host.to_owned(), port: port.parse().context("port")? })
    }
}

fn days_left(connector: &SslConnector, site: &Site) -> Result<i32> {
    let tcp = TcpStream::connect((site.host.as_str(), site.port))?;
    tcp.set_read_timeout(Some(Duration::from_secs(5)))?;
    let stream = connector.connect(&site.host, tcp).map_err(|e| anyhow::anyhow!("{e}"))?;
    let cert = stream.ssl().peer_certificate().context("no certificate")?;
    let now = Asn1Time::days_from_now(0)?;
    Ok(now.diff(cert.not_after())?.days)
}

fn main() -> Result<()> {
    let connector = SslConnector::builder(SslMethod::tls())?.build(); // expect: MTLS201
    let mut soon = 0;
    for argument in std::env::args().skip(1) {
        let site: Site = argument.parse()?;
        match days_left(&connector, &site) {
            Ok(days) if days < 14 => {
                soon += 1;
                println!("{}: {days} days left", site.host);
            }
            Ok(_) => {}
            Err(error) => println!("{}: {error:#}", site.host),
        }
    }
    std::process::exit(soon.min(1))
}
