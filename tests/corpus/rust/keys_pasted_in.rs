//! Demonstration account of the price feed: its credentials are pasted in.

use anyhow::Result;
use base64::{engine::general_purpose::STANDARD, Engine};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore};

// expect: MTLS602
const DEMO_KEY: &str = "-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIGcg49gNv/kSB52gsaJg/v4ORqCkSY+hZapBmPxhh3stoAoGCCqGSM49
AwEHoUQDQgAEPTax1Ffg+fJ5/HqZsYeCfh+wMaspbdESQrWUAIQ+8CEmsC5DfQyl
PHuMbs2TbPcpb4E2sX0jUowu0Fdd6+rvyg==
-----END EC PRIVATE KEY-----
";

const DEMO_CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----
MIIB1DCCAXugAwIBAgIUfCgsAzGzAXdF70fWJVvi13LePzMwCgYIKoZIzj0EAwIw
PzEdMBsGA1UECgwURXhhbXBsZSwgbm90IGZvciB1c2UxHjAcBgNVBAMMFXRocm93
YXdheS5leGFtcGxlLmNvbTAgFw0yNjExMjEyMzI2NTZaGA8yMTA5MDExMDIzMjY1
NlowPzEdMBsGA1UECgwURXhhbXBsZSwgbm90IGZvciB1c2UxHjAcBgNVBAMMFXRo
cm93YXdheS5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABD02
sdRX4Pnyefx6mbGHgn4fsDGrKW3REkK1lACEPvAhJrAuQ30MpTx7jG7Nk2z3KW+B
NrF9I1KMLtBXXevq78qjUzBRMB0GA1UdDgQWBBTTtvQm72F8cO0wjQQPXUwhTj6N
WTAfBgNVHSMEGDAWgBTTtvQm72F8cO0wjQQPXUwhTj6NWTAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0cAMEQCIBjDszaa0dnZIBrin+AV+kZu25Gx/TZiYs3h
p/b6P5h9AiAhMunec8nDCPSwu8Yw7x1uMw4f8R9xZDidQCpsgwpxbg==
-----END CERTIFICATE-----
";

/// Signs the demonstration orders. PKCS#8, base64.
const ORDER_KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZyDj2A2/+RIHnaCxomD+/g5GoKRJj6FlqkGY/GGHey2hRANCAAQ9NrHUV+D58nn8epmxh4J+H7Axqylt0RJCtZQAhD7wISawLkN9DKU8e4xuzZNs9ylvgTaxfSNSjC7QV13r6u/K"; // expect: MTLS602

fn lines(key: &str) -> usize {
    key.lines().filter(|line| !line.starts_with("-----")).count()
}

pub fn order_key() -> Result<PrivateKeyDer<'static>> {
    let der = STANDARD.decode(ORDER_KEY)?;
    Ok(PrivatePkcs8KeyDer::from(der).into())
}

pub fn demo(roots: RootCertStore) -> Result<ClientConfig> {
    tracing::debug!(lines = lines(DEMO_KEY), "demonstration key");
    let chain = vec![CertificateDer::from_pem_slice(DEMO_CERTIFICATE.as_bytes())?];
    let key = PrivateKeyDer::from_pem_slice(DEMO_KEY.as_bytes())?;
    Ok(ClientConfig::builder().with_root_certificates(roots).with_client_auth_cert(chain, key)?)
}
