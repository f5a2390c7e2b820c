//! Weigh bridge. The method or a call tells which side a context is for; the crate that is given it
//! does the rest.

use bridge_io::{Outgoing, Scale};
use openssl::error::ErrorStack;
use openssl::ssl::{SslContext, SslFiletype, SslMethod, SslVerifyMode, SslVersion};

pub fn listed() -> Result<Scale, ErrorStack> {
    let mut context = SslContext::builder(SslMethod::tls())?;
    context.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    context.set_certificate_chain_file("bridge.pem")?;
    context.set_private_key_file("bridge.key", SslFiletype::PEM)?;
    context.set_client_ca_list(openssl::x509::X509Name::load_client_ca_file("hauliers.pem")?);
    context.set_verify(SslVerifyMode::PEER); // expect: MTLS101
    Ok(Scale::new(context.build()))
}

pub fn named() -> Result<Scale, ErrorStack> {
    let mut context = SslContext::builder(SslMethod::tls())?;
    context.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    context.set_servername_callback(|_, _| Ok(()));
    context.set_ca_file("hauliers.pem")?;
    context.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(Scale::new(context.build()))
}

pub fn begun() -> Result<Scale, ErrorStack> {
    let mut context = SslContext::builder(SslMethod::tls_server())?;
    context.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    context.set_ca_file("hauliers.pem")?;
    context.set_verify(SslVerifyMode::PEER); // expect: MTLS101
    Ok(Scale::new(context.build()))
}

/// The name and the rest are the connection's business.
pub fn outgoing() -> Result<Outgoing, ErrorStack> {
    let mut context = SslContext::builder(SslMethod::tls_client())?;
    context.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    context.set_ca_file("office.pem")?;
    Ok(Outgoing::new(context.build()))
}

pub fn careless() -> Result<Outgoing, ErrorStack> {
    let mut context = SslContext::builder(SslMethod::tls_client())?;
    context.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    context.set_verify(SslVerifyMode::NONE); // expect: MTLS401
    Ok(Outgoing::new(context.build()))
}
