//! Lighthouse keepers: the depth of chains is limited, and no chain is ever asked for.

use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod};
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::X509;

fn base() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("/etc/lighthouse/tls.pem")?;
    builder.set_private_key_file("/etc/lighthouse/tls.key", SslFiletype::PEM)?;
    Ok(builder)
}

pub fn limited() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    builder.set_verify_depth(2); // expect: MTLS104
    Ok(builder.build())
}

pub fn with_a_store(keepers: X509) -> Result<SslAcceptor, ErrorStack> {
    let mut store = X509StoreBuilder::new()?;
    store.add_cert(keepers)?;
    let mut builder = base()?;
    builder.set_verify_cert_store(store.build())?; // expect: MTLS104
    Ok(builder.build())
}
