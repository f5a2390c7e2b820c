//! Toll booths: certificates are asked for when the greeting has been read, and by each greeting.

use openssl::error::ErrorStack;
use openssl::ssl::{
    ClientHelloResponse, SslContext, SslFiletype, SslMethod, SslVerifyMode, SslVersion,
};

pub fn booths() -> Result<SslContext, ErrorStack> {
    let mut builder = SslContext::builder(SslMethod::tls_server())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_certificate_chain_file("/etc/toll/chain.pem")?;
    builder.set_private_key_file("/etc/toll/key.pem", SslFiletype::PEM)?;
    builder.set_client_hello_callback(|ssl, _alert| {
        ssl.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
        Ok(ClientHelloResponse::SUCCESS)
    });
    Ok(builder.build())
}

pub fn bridges() -> Result<SslContext, ErrorStack> {
    let mut builder = SslContext::builder(SslMethod::tls_server())?; // expect: MTLS103
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_certificate_chain_file("/etc/toll/chain.pem")?;
    builder.set_private_key_file("/etc/toll/key.pem", SslFiletype::PEM)?;
    builder.set_client_hello_callback(|_ssl, _alert| Ok(ClientHelloResponse::SUCCESS));
    Ok(builder.build())
}
