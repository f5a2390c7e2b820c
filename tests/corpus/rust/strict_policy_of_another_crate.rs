//! Town archive: the city's crate has the last word on the builder.
// corpus: profile=strict

use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVersion};

fn base() -> Result<SslAcceptorBuilder, openssl::error::ErrorStack> {
    let mut tls = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?; // expect: MTLS904
    tls.set_min_proto_version(Some(SslVersion::TLS1_3))?;
    tls.set_certificate_chain_file("/etc/archive/tls.pem")?;
    tls.set_private_key_file("/etc/archive/tls.key", SslFiletype::PEM)?;
    tls.set_ca_file("/etc/archive/clerks.pem")?;
    Ok(tls)
}

pub fn shelves() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut tls = base()?;
    city_policy::apply(&mut tls);
    Ok(tls.build())
}
