//! A message broker's own TLS description. It borrows names from everywhere and is turned
//! into library types in another crate.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientAuth {
    #[default]
    None,
    Optional,
    Required,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthMandatory {
    Required,
    Preferred,
}

#[derive(Clone, Debug, Default)]
pub struct ServerConfig {
    client_auth: ClientAuth,
    files: BTreeMap<&'static str, PathBuf>,
}

#[derive(Debug, Default)]
pub struct ServerConfigBuilder(ServerConfig);

impl ServerConfig {
    pub fn builder() -> ServerConfigBuilder {
        ServerConfigBuilder::default()
    }
}

impl ServerConfigBuilder {
    pub fn with_no_client_auth(mut self) -> Self {
        self.0.client_auth = ClientAuth::None;
        self
    }

    pub fn with_client_auth(mut self, auth: ClientAuth) -> Self {
        self.0.client_auth = auth;
        self
    }

    pub fn with_client_auth_mandatory(self, mandatory: ClientAuthMandatory) -> Self {
        match mandatory {
            ClientAuthMandatory::Required => self.with_client_auth(ClientAuth::Required),
            ClientAuthMandatory::Preferred => self.allow_unauthenticated(),
        }
    }

    pub fn allow_unauthenticated(self) -> Self {
        self.with_client_auth(ClientAuth::Optional)
    }

    pub fn with_single_cert(mut self, cert: PathBuf, key: PathBuf) -> ServerConfig {
        self.0.files.insert("certificate", cert);
        self.0.files.insert("key", key);
        self.0
    }
}

/// Not native-tls: the broker has an acceptor of its own.
pub struct TlsAcceptor;

#[derive(Default)]
pub struct TlsAcceptorBuilder {
    auth: ClientAuth,
    roots: Vec<PathBuf>,
}

impl TlsAcceptor {
    pub fn builder(_identity: &ServerConfig) -> TlsAcceptorBuilder {
        TlsAcceptorBuilder::default()
    }
}

impl TlsAcceptorBuilder {
    pub fn client_auth(mut self, auth: ClientAuth) -> Self {
        self.auth = auth;
        self
    }

    pub fn add_root_certificate(mut self, path: impl Into<PathBuf>) -> Self {
        self.roots.push(path.into());
        self
    }
}

impl fmt::Display for TlsAcceptorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} with {} roots", self.auth, self.roots.len())
    }
}

pub fn describe(listener: &str) -> String {
    let open = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert("tls.pem".into(), "tls.key".into());
    let soft = ServerConfig::builder()
        .with_client_auth_mandatory(ClientAuthMandatory::Preferred)
        .with_single_cert("tls.pem".into(), "tls.key".into());
    let acceptor = TlsAcceptor::builder(&open)
        .client_auth(ClientAuth::Required)
        .add_root_certificate("clients.pem");
    format!("{listener}: {acceptor}; {:?}; {:?}", open.client_auth, soft.client_auth)
}
