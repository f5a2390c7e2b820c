//! Switches for the name check that this crate hands on, or leaves alone.

use anyhow::Result;
use native_tls::{Protocol, TlsConnector};
use openssl::ssl::{ConnectConfiguration, SslConnector, SslMethod, SslVersion};
use reqwest::{tls::Version, Client};
use serde::Deserialize;

/// `danger_accept_invalid_hostnames(true)` is what `accept_other_names` is for.
#[derive(Clone, Debug, Deserialize)]
pub struct Peer {
    pub host: String,
    pub accept_other_names: bool,
    pub verify_name: bool,
}

pub struct Dialler {
    connector: SslConnector,
    verify_hostname: bool,
}

impl Dialler {
    pub fn new() -> Result<Dialler> {
        let mut builder = SslConnector::builder(SslMethod::tls())?;
        builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
        Ok(Dialler { connector: builder.build(), verify_hostname: true })
    }

    /// Whoever embeds this decides.
    pub fn verify_hostname(mut self, accept: bool) -> Dialler {
        self.verify_hostname = accept;
        self
    }

    pub fn configure(&self) -> Result<ConnectConfiguration> {
        Ok(self.connector.configure()?.verify_hostname(self.verify_hostname))
    }
}

pub fn openssl_peer(peer: &Peer, connector: &SslConnector) -> Result<ConnectConfiguration> {
    let mut configuration = connector.configure()?;
    configuration.set_verify_hostname(peer.verify_name);
    Ok(configuration)
}

pub fn native_peer(peer: &Peer) -> Result<TlsConnector> {
    Ok(TlsConnector::builder()
        .min_protocol_version(Some(Protocol::Tlsv12))
        .danger_accept_invalid_hostnames(peer.accept_other_names)
        .build()?)
}

pub fn http(peer: &Peer) -> Result<Client> {
    let mut builder = Client::builder().use_native_tls().min_tls_version(Version::TLS_1_2);
    if peer.host.ends_with(".example.com") {
        builder = builder.danger_accept_invalid_hostnames(false);
    }
    Ok(builder.build()?)
}

pub fn always(connector: &SslConnector) -> Result<ConnectConfiguration> {
    Ok(connector.configure()?.verify_hostname(true).use_server_name_indication(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixture_has_no_name() {
        let connector = TlsConnector::builder()
            .min_protocol_version(Some(Protocol::Tlsv12))
            .danger_accept_invalid_hostnames(true)
            .build();
        assert!(connector.is_ok());
    }
}
