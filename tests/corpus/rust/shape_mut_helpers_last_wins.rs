//! Sorting office, openssl: helpers change the builder one after another, the last mode stays.

use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

fn legacy(builder: &mut SslAcceptorBuilder) {
    builder.set_verify(SslVerifyMode::PEER);
}

fn harden(builder: &mut SslAcceptorBuilder) -> Result<(), ErrorStack> {
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_ca_file("/etc/post/offices.pem")
}

fn soften(builder: &mut SslAcceptorBuilder) {
    builder.set_verify(SslVerifyMode::PEER); // expect: MTLS101
}

fn base() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("/etc/post/tls.pem")?;
    builder.set_private_key_file("/etc/post/tls.key", SslFiletype::PEM)?;
    Ok(builder)
}

pub fn registered_mail() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    legacy(&mut builder);
    harden(&mut builder)?;
    Ok(builder.build())
}

pub fn printed_matter() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    harden(&mut builder)?;
    soften(&mut builder);
    Ok(builder.build())
}

/// Another crate has the last word here.
pub fn telegrams() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    builder.set_ca_file("/etc/post/offices.pem")?;
    post_office_policy::apply(&mut builder);
    Ok(builder.build())
}
