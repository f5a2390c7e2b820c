//! Aurora camera: a BoringSSL connector with everything on.

use std::net::TcpStream;

use boring::ssl::{SslConnector, SslFiletype, SslMethod, SslStream, SslVerifyMode, SslVersion};

pub fn connect(host: &str) -> Result<SslStream<TcpStream>, Box<dyn std::error::Error>> {
    let mut builder = SslConnector::builder(SslMethod::tls())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_3))?;
    builder.set_verify(SslVerifyMode::PEER);
    builder.set_ca_file("/etc/aurora/stations.pem")?;
    builder.set_certificate_chain_file("/etc/aurora/camera.pem")?;
    builder.set_private_key_file("/etc/aurora/camera.key", SslFiletype::PEM)?;
    builder.set_alpn_protos(b"\x02h2")?;
    let configuration = builder.build().configure()?.verify_hostname(true);
    Ok(configuration.connect(host, TcpStream::connect((host, 8443))?).map_err(|e| e.to_string())?)
}
