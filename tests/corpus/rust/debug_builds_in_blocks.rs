//! Domino league: switches inside of blocks that a release build leaves out.

use native_tls::{Protocol, TlsConnector, TlsConnectorBuilder};

fn base() -> TlsConnectorBuilder {
    let mut builder = TlsConnector::builder();
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    builder
}

pub fn league() -> native_tls::Result<TlsConnector> {
    let mut builder = base();
    if cfg!(debug_assertions) {
        builder.danger_accept_invalid_certs(true);
    }
    builder.build()
}

pub fn cup() -> native_tls::Result<TlsConnector> {
    let mut builder = base();
    #[cfg(debug_assertions)]
    {
        builder.danger_accept_invalid_hostnames(true);
    }
    builder.build()
}
