//! Board games: constants decide, and only the arm that they pick is ever taken.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientCertVerifierBuilder, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

const GUESTS: bool = false;
const DEMO: bool = cfg!(test);
static LAX: bool = false;

fn choose(builder: ClientCertVerifierBuilder) -> ClientCertVerifierBuilder {
    if GUESTS {
        return builder.allow_unauthenticated();
    }
    match LAX {
        true => builder.allow_unauthenticated(),
        false => builder,
    }
}

pub fn lobby(
    players: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> anyhow::Result<ServerConfig> {
    let builder = choose(WebPkiClientVerifier::builder(Arc::new(players)));
    let builder = if false { builder.allow_unauthenticated() } else { builder };
    tracing::debug!(demo = DEMO, guests = GUESTS, "lobby");
    let config = ServerConfig::builder();
    Ok(config.with_client_cert_verifier(builder.build()?).with_single_cert(chain, key)?)
}
