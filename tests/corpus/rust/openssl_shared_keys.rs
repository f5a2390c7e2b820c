//! Soil sensors speak CoAP over DTLS. Most know a key, some have certificates.

use openssl::error::ErrorStack;
use openssl::ssl::{SslContext, SslFiletype, SslMethod, SslVerifyMode};
use soil::{Link, Probe};

pub fn any_certificate(keys: soil::Keys) -> Result<Link, ErrorStack> {
    let mut context = SslContext::builder(SslMethod::dtls())?;
    context.set_private_key_file("field.key", SslFiletype::PEM)?;
    context.set_certificate_chain_file("field.pem")?;
    // expect: MTLS102
    context.set_verify_callback(SslVerifyMode::PEER, |_, found| {
        log::debug!("{:?}", found.current_cert().map(|one| one.subject_name().to_owned()));
        true
    });
    context.set_psk_server_callback(move |_, who, secret| Ok(keys.copy(who, secret)));
    Ok(Link::new(context.build()))
}

pub fn keys_alone(keys: soil::Keys) -> Result<Link, ErrorStack> {
    let mut context = SslContext::builder(SslMethod::dtls_server())?;
    context.set_psk_server_callback(move |_, who, secret| Ok(keys.copy(who, secret)));
    Ok(Link::new(context.build()))
}

pub fn probe(keys: soil::Keys) -> Result<Probe, ErrorStack> {
    let mut context = SslContext::builder(SslMethod::dtls())?;
    context.set_psk_client_callback(move |_, _, who, secret| Ok(keys.give(who, secret)));
    Ok(Probe::new(context.build()))
}

pub fn gullible_probe(keys: soil::Keys) -> Result<Probe, ErrorStack> {
    let mut context = SslContext::builder(SslMethod::dtls())?;
    context.set_psk_client_callback(move |_, _, who, secret| Ok(keys.give(who, secret)));
    context.set_verify_callback(SslVerifyMode::PEER, |_, _| true); // expect: MTLS401
    Ok(Probe::new(context.build()))
}
