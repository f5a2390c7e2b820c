//! Slot car track: four libraries, four ways to carry a private key in the binary.

use openssl::pkey::PKey;
use openssl::ssl::{SslConnector, SslMethod, SslVersion};
use openssl::x509::X509;
use tonic::transport::{Certificate, ClientTlsConfig, Identity};

const LANE_KEY: &[u8] = include_bytes!("../pki/lane.key"); // expect: MTLS602
const LANE_CERT: &[u8] = include_bytes!("../pki/lane.pem");

fn pem<const N: usize>(bytes: &'static [u8; N]) -> &'static str {
    std::str::from_utf8(bytes).expect("PEM is ASCII")
}

pub fn lanes() -> Result<SslConnector, openssl::error::ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    let key = PKey::private_key_from_pem(LANE_KEY)?;
    builder.set_private_key(&key)?;
    builder.set_certificate(&X509::from_pem(LANE_CERT)?)?;
    Ok(builder.build())
}

pub fn timekeeper() -> ClientTlsConfig {
    let cert = include_str!("../pki/timekeeper.pem");
    let key = include_str!("../pki/timekeeper-key.pem"); // expect: MTLS602
    ClientTlsConfig::new()
        .ca_certificate(Certificate::from_pem(include_str!("../pki/track-ca.pem")))
        .identity(Identity::from_pem(cert, key))
}

pub fn scoreboard() -> reqwest::Result<reqwest::Client> {
    let identity = reqwest::Identity::from_pkcs8_pem(
        include_bytes!("../pki/scoreboard.crt"),
        include_bytes!("../pki/scoreboard.key"), // expect: MTLS602
    )?;
    reqwest::Client::builder().identity(identity).https_only(true).build()
}

pub fn marshal() -> rustls::pki_types::PrivateKeyDer<'static> {
    let text = pem(include_bytes!("../pki/marshal_private_key.pem")); // expect: MTLS602
    rustls_pemfile::private_key(&mut text.as_bytes()).unwrap().unwrap()
}
