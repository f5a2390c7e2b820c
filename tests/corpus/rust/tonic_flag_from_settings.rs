//! gRPC front of a print shop; whether certificates may be missing is for the operator to say.

use serde::Deserialize;
use tonic::transport::{Certificate, Identity, ServerTlsConfig};

#[derive(Deserialize)]
pub struct Tls {
    pub cert: String,
    pub key: String,
    pub client_ca: String,
    /// Passed on to `client_auth_optional`; `true` lets clients in without a certificate.
    #[serde(default)]
    pub optional: bool,
}

impl TryFrom<&Tls> for ServerTlsConfig {
    type Error = std::io::Error;

    fn try_from(tls: &Tls) -> Result<Self, Self::Error> {
        let identity = Identity::from_pem(std::fs::read(&tls.cert)?, std::fs::read(&tls.key)?);
        let ca = Certificate::from_pem(std::fs::read(&tls.client_ca)?);
        Ok(ServerTlsConfig::new()
            .identity(identity)
            .client_ca_root(ca)
            .client_auth_optional(tls.optional))
    }
}
