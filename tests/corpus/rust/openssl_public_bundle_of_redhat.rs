//! Roll call by badge. "The bundle has our CA in it, too."

use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};

const BUNDLE: &str = "/etc/pki/tls/certs/ca-bundle.crt";

pub fn gate() -> anyhow::Result<SslAcceptor> {
    let mut tls = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    tls.set_certificate_chain_file("/etc/gate/tls.pem")?;
    tls.set_private_key_file("/etc/gate/tls.key", SslFiletype::PEM)?;
    tls.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    tls.set_ca_file(BUNDLE)?; // expect: MTLS106
    tls.set_verify_depth(5);
    Ok(tls.build())
}
