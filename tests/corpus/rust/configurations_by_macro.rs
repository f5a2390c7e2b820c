//! Fish market: listeners are declared by macros of our own, and one macro is left over.

use std::sync::Arc;

use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

macro_rules! lenient {
    ($roots:expr $(, $list:expr)*) => {
        WebPkiClientVerifier::builder(Arc::new($roots))
            .with_crls(vec![$($list),*])
            .allow_unauthenticated() // expect: MTLS101
            .build()
    };
}

macro_rules! connector {
    ($timeout:literal) => {{
        let mut builder = reqwest::Client::builder();
        builder = builder.timeout(std::time::Duration::from_secs($timeout));
        builder.danger_accept_invalid_certs(true).build() // expect: MTLS401
    }};
}

macro_rules! never_used {
    ($chain:expr, $key:expr) => {
        ServerConfig::builder().with_no_client_auth().with_single_cert($chain, $key)
    };
}

macro_rules! stalls {
    ($($name:ident: $port:literal),* $(,)?) => {
        $(
            pub fn $name(own: crate::Own, roots: RootCertStore) -> anyhow::Result<ServerConfig> {
                let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
                tracing::info!(port = $port, "opens");
                Ok(ServerConfig::builder()
                    .with_client_cert_verifier(verifier)
                    .with_single_cert(own.chain, own.key)?)
            }
        )*
    };
}

stalls! { herring: 7001, flounder: 7002 }

pub fn auction(own: crate::Own, roots: RootCertStore, list: crate::List) -> anyhow::Result<ServerConfig> {
    let verifier = lenient!(roots, list)?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(own.chain, own.key)?)
}

pub fn prices() -> reqwest::Result<reqwest::Client> {
    connector!(5)
}
