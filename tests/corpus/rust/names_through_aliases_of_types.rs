//! Pump station: types under aliases, methods called by their type's name, crates by `::`.

extern crate rustls as tls;

use std::sync::Arc;

use ::openssl::ssl::{SslAcceptor, SslContextBuilder, SslFiletype, SslMethod, SslVerifyMode as Mode};
use tls::pki_types::{CertificateDer, PrivateKeyDer};

type Clients = tls::server::WebPkiClientVerifier;
type ClientsBuilder = tls::server::ClientCertVerifierBuilder;
type Server = tls::ServerConfig;
type Own = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

pub fn pumps(roots: tls::RootCertStore, own: Own) -> anyhow::Result<Server> {
    let builder = Clients::builder(Arc::new(roots));
    let builder = ClientsBuilder::allow_unauthenticated(builder); // expect: MTLS101
    let verifier = ClientsBuilder::build(builder)?;
    Ok(<Server>::builder().with_client_cert_verifier(verifier).with_single_cert(own.0, own.1)?)
}

pub fn sluices(own: Own) -> anyhow::Result<Server> {
    let config = Server::builder();
    let config = config.with_no_client_auth(); // expect: MTLS103
    Ok(config.with_single_cert(own.0, own.1)?)
}

pub fn valves() -> Result<SslAcceptor, ::openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("valves.pem")?;
    builder.set_private_key_file("valves.key", SslFiletype::PEM)?;
    builder.set_ca_file("fitters.pem")?;
    SslContextBuilder::set_verify(&mut builder, Mode::PEER); // expect: MTLS101
    Ok(builder.build())
}
