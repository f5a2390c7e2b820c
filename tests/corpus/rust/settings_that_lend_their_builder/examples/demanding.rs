//! The settings are asked through to the builder they hold.

use gatekit::{Endpoint, Endpoints, TlsSettings};
use openssl::ssl::SslVerifyMode;

fn main() -> anyhow::Result<()> {
    let mut settings = TlsSettings::choosing(Box::new(ByName::load("/etc/gate/certs")?))?;
    settings.set_ca_file("/etc/gate/partners.pem")?;
    settings.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);

    let mut endpoints = Endpoints::new();
    endpoints.add(Endpoint::tcp("0.0.0.0:6443").tls(settings));
    serve(endpoints.start())
}
