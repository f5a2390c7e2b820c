//! Another name than the one dialled is checked. That is a check.

use std::net::{IpAddr, TcpStream};

use anyhow::{anyhow, bail, Result};
use openssl::ssl::{SslConnector, SslMethod, SslStream, SslVersion};

pub fn connector(ca: &str) -> Result<SslConnector> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_ca_file(ca)?;
    Ok(builder.build())
}

/// Dialled by address; the certificate must have the cluster's name.
pub fn node(connector: &SslConnector, at: IpAddr) -> Result<SslStream<TcpStream>> {
    let tcp = TcpStream::connect((at, 9300))?;
    connector.connect("nodes.search.internal", tcp).map_err(|e| anyhow!("{at}: {e}"))
}

/// The same by hand: the built-in check is replaced by one against `expected`.
pub fn named(connector: &SslConnector, dial: &str, expected: &str) -> Result<SslStream<TcpStream>> {
    let tcp = TcpStream::connect(dial)?;
    let mut config = connector.configure()?;
    config.set_verify_hostname(false);
    config.param_mut().set_host(expected)?;
    config.connect(dial, tcp).map_err(|e| anyhow!("{dial}: {e}"))
}

/// Devices have their address in the certificate.
pub fn device(connector: &SslConnector, at: IpAddr) -> Result<SslStream<TcpStream>> {
    let tcp = TcpStream::connect((at, 4433))?;
    let mut ssl = connector.configure()?.verify_hostname(false).into_ssl("device")?;
    ssl.param_mut().set_ip(at)?;
    ssl.connect(tcp).map_err(|e| anyhow!("{at}: {e}"))
}

/// No SNI for the old balancer. The name is checked all the same.
pub fn without_sni(connector: &SslConnector, host: &str) -> Result<SslStream<TcpStream>> {
    let tcp = TcpStream::connect((host, 443))?;
    let config = connector.configure()?.use_server_name_indication(false);
    config.connect(host, tcp).map_err(|e| anyhow!("{host}: {e}"))
}

pub fn checked_by_hand(stream: &SslStream<TcpStream>, unit: &str) -> Result<()> {
    let Some(cert) = stream.ssl().peer_certificate() else { bail!("no certificate") };
    let names = cert.subject_alt_names().ok_or_else(|| anyhow!("no names"))?;
    if !names.iter().filter_map(|name| name.dnsname()).any(|name| name == unit) {
        bail!("certificate is not for {unit}");
    }
    Ok(())
}
