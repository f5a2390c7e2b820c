//! Mesh proxy: what the handshake may be is in statics, and nothing of it is weak.

use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::{ring, CryptoProvider};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{ResolvesServerCert, WebPkiClientVerifier};
use rustls::{ClientConfig, RootCertStore, ServerConfig, SupportedCipherSuite, SupportedProtocolVersion};
use tokio::sync::watch;

static TLS_VERSIONS: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13];
static SUITES: &[SupportedCipherSuite] = &[ring::cipher_suite::TLS13_AES_256_GCM_SHA384];
const ALPN: &[u8] = b"transport.mesh/v1";

#[derive(Clone)]
pub struct Store {
    roots: Arc<RootCertStore>,
    certs: Arc<dyn ResolvesServerCert>,
    client: watch::Sender<Arc<ClientConfig>>,
    server: watch::Sender<Arc<ServerConfig>>,
}

fn provider() -> Arc<CryptoProvider> {
    let mut provider = ring::default_provider();
    provider.cipher_suites = SUITES.to_vec();
    Arc::new(provider)
}

impl Store {
    fn verifier(&self) -> Arc<dyn ClientCertVerifier> {
        WebPkiClientVerifier::builder_with_provider(self.roots.clone(), provider())
            .build()
            .expect("roots were checked on construction")
    }

    pub fn refresh(&self) -> Result<(), rustls::Error> {
        let mut server = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(TLS_VERSIONS)?
            .with_client_cert_verifier(self.verifier())
            .with_cert_resolver(self.certs.clone());
        server.alpn_protocols.push(ALPN.to_vec());
        self.server.send_replace(Arc::new(server));

        let mut client = ClientConfig::builder_with_provider(provider())
            .with_protocol_versions(TLS_VERSIONS)?
            .with_root_certificates(self.roots.clone())
            .with_no_client_auth();
        client.alpn_protocols.push(ALPN.to_vec());
        client.enable_sni = true;
        self.client.send_replace(Arc::new(client));
        Ok(())
    }

    pub async fn refresh_forever(self) {
        loop {
            if let Err(error) = self.refresh() {
                tracing::warn!(%error, "identity was not refreshed");
            }
            tokio::time::sleep(Duration::from_secs(3600)).await;
        }
    }
}
