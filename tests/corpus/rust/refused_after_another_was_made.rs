//! Greenhouse proxy: a host whose CA can't be read is left out; the common side was there before.

use std::collections::HashMap;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::server::{ResolvesServerCertUsingSni, WebPkiClientVerifier};
use rustls::sign::CertifiedKey;
use rustls::{RootCertStore, ServerConfig};
use tracing::warn;

pub struct Host {
    key: CertifiedKey,
    authorities: Vec<CertificateDer<'static>>,
}

pub struct Hosts(HashMap<String, Host>);

pub struct Configs {
    pub common: Arc<ServerConfig>,
    pub mutual: HashMap<String, Arc<ServerConfig>>,
}

impl TryFrom<&Hosts> for Configs {
    type Error = anyhow::Error;

    fn try_from(hosts: &Hosts) -> Result<Self, Self::Error> {
        let common = hosts.common()?;
        Ok(Configs { common: Arc::new(common), mutual: hosts.mutual()? })
    }
}

impl Hosts {
    /// Those that ask for no certificates, by design.
    fn common(&self) -> anyhow::Result<ServerConfig> {
        let mut resolver = ResolvesServerCertUsingSni::new();
        for (name, host) in self.0.iter().filter(|(_, host)| host.authorities.is_empty()) {
            resolver.add(name, host.key.clone())?;
        }
        Ok(ServerConfig::builder()
            .with_no_client_auth() // expect: MTLS103
            .with_cert_resolver(Arc::new(resolver)))
    }

    fn mutual(&self) -> anyhow::Result<HashMap<String, Arc<ServerConfig>>> {
        let mut found = HashMap::new();
        for (name, host) in &self.0 {
            let mut roots = RootCertStore::empty();
            for authority in &host.authorities {
                roots.add(authority.clone())?;
            }
            let Ok(verifier) = WebPkiClientVerifier::builder(Arc::new(roots)).build() else {
                warn!("{name}: nobody could be let in");
                continue;
            };
            let mut resolver = ResolvesServerCertUsingSni::new();
            resolver.add(name, host.key.clone())?;
            let config = ServerConfig::builder()
                .with_client_cert_verifier(verifier)
                .with_cert_resolver(Arc::new(resolver));
            found.insert(name.clone(), Arc::new(config));
        }
        Ok(found)
    }
}
