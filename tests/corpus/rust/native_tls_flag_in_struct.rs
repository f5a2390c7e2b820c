//! Rain gauges. Two switches in one struct, and the defaults are in the wrong position.

use anyhow::Context;
use native_tls::{Protocol, TlsConnector};

struct Trust {
    any_certificate: bool,
    any_name: bool,
}

impl Default for Trust {
    fn default() -> Self {
        Trust { any_certificate: true, any_name: false }
    }
}

impl Trust {
    fn connector(self) -> anyhow::Result<tokio_native_tls::TlsConnector> {
        let mut builder = TlsConnector::builder();
        builder.min_protocol_version(Some(Protocol::Tlsv12));
        builder.danger_accept_invalid_certs(self.any_certificate); // expect: MTLS401
        builder.danger_accept_invalid_hostnames(self.any_name);
        Ok(builder.build().context("native-tls")?.into())
    }
}

pub fn gauges() -> anyhow::Result<tokio_native_tls::TlsConnector> {
    Trust::default().connector()
}
