//! Modem console over TLS, rustls 0.19 with its four-argument verifier.

use std::io::{stdin, stdout, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::{
    Certificate, ClientConfig, ClientSession, RootCertStore, ServerCertVerified,
    ServerCertVerifier, Stream, TLSError,
};
use webpki::{DNSNameRef, InvalidDNSNameError};

struct TrustTheModem {}

impl ServerCertVerifier for TrustTheModem {
    // expect: MTLS401
    fn verify_server_cert(
        &self,
        _roots: &RootCertStore,
        _presented_certs: &[Certificate],
        _dns_name: DNSNameRef<'_>,
        _ocsp: &[u8],
    ) -> Result<ServerCertVerified, TLSError> {
        Ok(ServerCertVerified::assertion())
    }
}

fn session(host: &str, trusting: bool) -> Result<ClientSession, InvalidDNSNameError> {
    let mut config = ClientConfig::new();
    config.root_store.add_server_trust_anchors(&webpki_roots::TLS_SERVER_ROOTS);
    if trusting {
        config.dangerous().set_certificate_verifier(Arc::new(TrustTheModem {}));
    }
    Ok(ClientSession::new(&Arc::new(config), DNSNameRef::try_from_ascii_str(host)?))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let host = std::env::args().nth(1).ok_or("usage: console HOST")?;
    let mut socket = TcpStream::connect((host.as_str(), 992))?;
    let mut session = session(&host, host.starts_with("modem"))?;
    let mut tls = Stream::new(&mut session, &mut socket);
    let mut line = String::new();
    while stdin().read_line(&mut line)? > 0 {
        tls.write_all(line.as_bytes())?;
        stdout().flush()?;
        line.clear();
    }
    Ok(())
}
