//! Tram stop and tram depot: one static cache of sessions, two configurations.

use std::sync::{Arc, LazyLock};

use anyhow::Result;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ServerSessionMemoryCache, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

static SESSIONS: LazyLock<Arc<ServerSessionMemoryCache>> =
    LazyLock::new(|| ServerSessionMemoryCache::new(2048));

type Own = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

pub mod depot {
    use super::*;

    pub fn config(drivers: RootCertStore, own: Own) -> Result<ServerConfig> {
        let verifier = WebPkiClientVerifier::builder(Arc::new(drivers)).build()?;
        let mut config =
            ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(own.0, own.1)?;
        config.session_storage = SESSIONS.clone(); // expect: MTLS107
        Ok(config)
    }
}

pub mod stop {
    use super::*;

    pub fn config(own: Own) -> Result<ServerConfig> {
        let builder = ServerConfig::builder().with_no_client_auth(); // expect: MTLS103
        let mut config = builder.with_single_cert(own.0, own.1)?;
        config.session_storage = SESSIONS.clone();
        Ok(config)
    }
}
