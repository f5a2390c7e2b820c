//! Stopwatch sync: whatever is lax is the user's own argument, handed on as it came.

use clap::Parser;
use native_tls::{Protocol, TlsConnector};

#[derive(Parser)]
pub struct Options {
    /// Accept any certificate (danger_accept_invalid_certs)
    #[arg(long)]
    insecure: bool,
    #[arg(long, default_value_t = false)]
    any_name: bool,
    #[arg(long, value_parser = version, default_value = "1.2")]
    tls: Protocol,
}

fn version(text: &str) -> Result<Protocol, String> {
    match text {
        "1.2" => Ok(Protocol::Tlsv12),
        "1.0" | "1.1" => Err(format!("TLS {text} is no longer supported")),
        other => Err(format!("unknown version {other}")),
    }
}

pub fn connector(options: &Options) -> native_tls::Result<TlsConnector> {
    TlsConnector::builder()
        .danger_accept_invalid_certs(options.insecure)
        .danger_accept_invalid_hostnames(options.any_name)
        .min_protocol_version(Some(options.tls))
        .build()
}
