//! Pushes firmware to access points on the management network.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};

use anyhow::{bail, Context, Result};
use openssl::ssl::{SslConnector, SslConnectorBuilder, SslMethod, SslVerifyMode, SslVersion};

struct Pusher {
    connector: SslConnector,
}

impl Pusher {
    fn new() -> Result<Self> {
        let mut builder = SslConnector::builder(SslMethod::tls())?;
        builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
        Self::trust_the_management_network(&mut builder);
        Ok(Pusher { connector: builder.build() })
    }

    fn trust_the_management_network(builder: &mut SslConnectorBuilder) {
        builder.set_verify(SslVerifyMode::NONE); // expect: MTLS401
    }

    fn push(&self, device: Ipv4Addr, image: &[u8]) -> Result<()> {
        let tcp = TcpStream::connect((device, 443)).with_context(|| device.to_string())?;
        let mut stream = self
            .connector
            .connect(&device.to_string(), tcp)
            .map_err(|error| anyhow::anyhow!("{device}: {error}"))?;
        write!(stream, "POST /firmware HTTP/1.0\r\nContent-Length: {}\r\n\r\n", image.len())?;
        stream.write_all(image)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        if !answer.starts_with("HTTP/1.0 200") {
            bail!("{device}: {}", answer.lines().next().unwrap_or("no answer"));
        }
        Ok(())
    }
}

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let image = std::fs::read(args.next().context("usage: push IMAGE ADDRESS...")?)?;
    let pusher = Pusher::new()?;
    for device in args {
        pusher.push(device.parse()?, &image)?;
    }
    Ok(())
}
