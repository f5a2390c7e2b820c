//! Every knob of a native-tls connector, each turned the safe way.

use native_tls::{Certificate, Identity, Protocol, TlsConnector, TlsConnectorBuilder};

#[derive(Default)]
pub struct Options {
    pub roots: Vec<Certificate>,
    pub identity: Option<Identity>,
    pub sni: bool,
    pub only_own_roots: bool,
}

fn apply<'b>(builder: &'b mut TlsConnectorBuilder, options: &Options) -> &'b mut TlsConnectorBuilder {
    for root in &options.roots {
        builder.add_root_certificate(root.clone());
    }
    if let Some(identity) = &options.identity {
        builder.identity(identity.clone());
    }
    builder
        .disable_built_in_roots(options.only_own_roots)
        .use_sni(options.sni)
        .request_alpns(&["h2", "http/1.1"])
}

pub fn connector(options: &Options) -> native_tls::Result<TlsConnector> {
    let accept_invalid = false;
    let mut builder = TlsConnector::builder();
    apply(&mut builder, options)
        .min_protocol_version(Some(Protocol::Tlsv12))
        .max_protocol_version(None)
        .danger_accept_invalid_certs(accept_invalid)
        .danger_accept_invalid_hostnames(!options.sni && accept_invalid);
    builder.build()
}

#[test]
fn a_test_may_be_lax() {
    let lax = TlsConnector::builder()
        .danger_accept_invalid_certs(true)
        .danger_accept_invalid_hostnames(true)
        .build();
    assert!(lax.is_ok());
}
