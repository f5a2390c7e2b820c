//! Telemetry uplink. Setters from a pull request that was never merged.

use std::net::TcpListener;

use anyhow::{Context, Result};
use native_tls::{Certificate, Identity, Protocol, TlsAcceptor};

struct Uplink {
    identity: Identity,
    ca: Certificate,
}

impl Uplink {
    fn asking(self) -> Result<TlsAcceptor> {
        let acceptor = TlsAcceptor::builder(self.identity) // expect: MTLS103
            .min_protocol_version(Some(Protocol::Tlsv12))
            .request_client_cert(true) // expect: MTLS901
            .client_cert_verification_ca_cert(Some(self.ca)) // expect: MTLS901
            .build()?;
        Ok(acceptor)
    }

    fn demanding(self) -> Result<TlsAcceptor> {
        let mut builder = TlsAcceptor::builder(self.identity); // expect: MTLS103
        builder.min_protocol_version(Some(Protocol::Tlsv12));
        builder.require_client_cert(true); // expect: MTLS901
        builder.build().context("acceptor")
    }
}

fn load() -> Result<Uplink> {
    let identity = Identity::from_pkcs8(&std::fs::read("up.pem")?, &std::fs::read("up.key")?)?;
    Ok(Uplink { identity, ca: Certificate::from_pem(&std::fs::read("stations.pem")?)? })
}

fn main() -> Result<()> {
    let old = std::env::args().any(|argument| argument == "--ask");
    let acceptor = if old { load()?.asking()? } else { load()?.demanding()? };
    for socket in TcpListener::bind("0.0.0.0:8883")?.incoming() {
        match acceptor.accept(socket?) {
            Ok(stream) => println!("{:?}", stream.get_ref().peer_addr()),
            Err(error) => eprintln!("{error}"),
        }
    }
    Ok(())
}
