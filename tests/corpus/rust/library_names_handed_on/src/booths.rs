//! Names of rustls, taken from a module of our own.

use std::sync::Arc;

use crate::prelude::{Acceptor, Clients, Config, Roots};

fn acceptor(roots: Roots) -> anyhow::Result<Acceptor> {
    let builder = Clients::builder(Arc::new(roots));
    let verifier = builder.allow_unauthenticated().build()?; // expect: MTLS101
    let config = Config::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(super::booths_pem::chain()?, super::booths_pem::key()?)?;
    Ok(Acceptor::from(Arc::new(config)))
}

pub fn open(roots: Roots) -> anyhow::Result<()> {
    super::lanes::run(acceptor(roots)?)
}

pub fn closed() -> anyhow::Result<Config> {
    let builder = crate::prelude::Config::builder();
    Ok(builder
        .with_client_cert_verifier(crate::prelude::Clients::no_client_auth()) // expect: MTLS103
        .with_single_cert(super::booths_pem::chain()?, super::booths_pem::key()?)?)
}
