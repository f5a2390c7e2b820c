//! Demo mode of the crane simulator: its identity is a raw string.

use anyhow::Result;
use tonic::transport::{Channel, ClientTlsConfig, Identity};

pub fn demo() -> Identity {
    let cert = std::fs::read_to_string("/usr/share/crane/demo.pem").unwrap_or_default();
    // expect: MTLS602
    let key = r#"-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIGcg49gNv/kSB52gsaJg/v4ORqCkSY+hZapBmPxhh3stoAoGCCqGSM49
AwEHoUQDQgAEPTax1Ffg+fJ5/HqZsYeCfh+wMaspbdESQrWUAIQ+8CEmsC5DfQyl
PHuMbs2TbPcpb4E2sX0jUowu0Fdd6+rvyg==
-----END EC PRIVATE KEY-----"#;
    Identity::from_pem(cert, key)
}

pub async fn channel() -> Result<Channel> {
    let tls = ClientTlsConfig::new().with_native_roots().identity(demo());
    Ok(Channel::from_static("https://cranes.example.com").tls_config(tls)?.connect().await?)
}
