//! Orchestra of micro-services: the platform's own `ServerTlsConfig` and `RustlsConfig`, which do
//! have the setters that tonic's and axum-server's have not.

use std::path::{Path, PathBuf};

#[derive(Debug, Default)]
pub struct ServerTlsConfig {
    ca: Option<PathBuf>,
    required: bool,
    versions: Vec<&'static str>,
}

impl ServerTlsConfig {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn ca_path(mut self, path: impl AsRef<Path>) -> Self {
        self.ca = Some(path.as_ref().to_owned());
        self
    }

    pub fn client_auth_required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }

    pub fn tls_versions(mut self, versions: &[&'static str]) -> Self {
        self.versions.extend_from_slice(versions);
        self
    }
}

#[derive(Debug, Default)]
pub struct RustlsConfig(ServerTlsConfig);

impl RustlsConfig {
    pub async fn from_pem_file(_cert: &Path, _key: &Path) -> std::io::Result<Self> {
        Ok(RustlsConfig::default())
    }

    pub fn with_client_auth_required(mut self, ca: &Path) -> Self {
        self.0 = self.0.ca_path(ca).client_auth_required(true);
        self
    }
}

pub async fn described(dir: &Path) -> std::io::Result<String> {
    let grpc = ServerTlsConfig::new().ca_path(dir.join("ca.pem")).client_auth_required(true);
    let grpc = grpc.tls_versions(&["1.2", "1.3"]);
    let http = RustlsConfig::from_pem_file(&dir.join("tls.pem"), &dir.join("tls.key"))
        .await?
        .with_client_auth_required(&dir.join("ca.pem"));
    Ok(format!("{grpc:?} {http:?}"))
}
