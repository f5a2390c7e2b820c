//! Star catalogue in a cluster. The driver is given a context; what it does with it isn't in sight.

use catalogue_driver::{Session, SessionBuilder};
use openssl::error::ErrorStack;
use openssl::ssl::{SslContext, SslContextBuilder, SslMethod, SslVerifyMode, SslVersion};

pub async fn northern() -> Result<Session, Box<dyn std::error::Error>> {
    let mut builder = SslContextBuilder::new(SslMethod::tls())?; // expect: MTLS201
    builder.set_ca_file("observatories.pem")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(SessionBuilder::new().known_node("north:9142").tls_context(Some(builder.build())).build().await?)
}

pub async fn southern() -> Result<Session, Box<dyn std::error::Error>> {
    let mut builder = SslContextBuilder::new(SslMethod::tls())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_verify(SslVerifyMode::NONE);
    Ok(SessionBuilder::new().known_node("south:9142").tls_context(Some(builder.build())).build().await?)
}

/// Whoever gets it may still set what is missing.
pub fn unfinished() -> Result<SslContextBuilder, ErrorStack> {
    SslContext::builder(SslMethod::tls())
}
