//! A sidecar on pingora: partners show certificates, the service beside it is on loopback.

use std::sync::Arc;

use async_trait::async_trait;
use pingora::prelude::*;
use pingora::tls::ssl::{SslAcceptor, SslMethod, SslVerifyMode, SslVersion};
use pingora::utils::tls::CertKey;
use pingora_core::listeners::tls::TlsSettings;
use pingora_core::listeners::Listeners;
use pingora_core::services::listening::Service;
use pingora_core::upstreams::peer::PeerOptions;

struct Sidecar {
    identity: Arc<CertKey>,
    relaxed: bool,
}

#[async_trait]
impl ProxyHttp for Sidecar {
    type CTX = ();
    fn new_ctx(&self) {}

    async fn upstream_peer(&self, session: &mut Session, _ctx: &mut ()) -> Result<Box<HttpPeer>> {
        let path = session.req_header().uri.path();
        if path.starts_with("/metrics") {
            let mut peer = HttpPeer::new("127.0.0.1:9090", false, "".to_string());
            peer.options.verify_cert = false;
            peer.options.verify_hostname = false;
            return Ok(Box::new(peer));
        }
        if path.starts_with("/ledger") {
            let mut peer = HttpPeer::new_mtls("10.1.0.9:443", "ledger.lan".into(), self.identity.clone());
            peer.options.alternative_cn = Some("ledger-old.lan".into());
            return Ok(Box::new(peer));
        }
        let mut peer = HttpPeer::new("10.1.0.8:443", true, "orders.lan".to_string());
        // Whoever runs it decides.
        peer.options.verify_cert = !self.relaxed;
        peer.options.verify_hostname = true;
        peer.client_cert_key = Some(self.identity.clone());
        let mut options = PeerOptions::new();
        options.verify_cert = true;
        log::debug!("{options}");
        Ok(Box::new(peer))
    }
}

/// Asks partners for certificates; TLS 1.3 alone, by a builder that is OpenSSL's own.
fn strict() -> Result<TlsSettings, Box<dyn std::error::Error>> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("/run/identity/chain.pem")?;
    builder.set_ca_file("/run/identity/partners.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(TlsSettings::from(builder))
}

fn partners() -> Result<TlsSettings> {
    let mut settings =
        TlsSettings::intermediate("/run/identity/chain.pem", "/run/identity/key.pem")?;
    settings.set_ca_file("/run/identity/partners.pem").unwrap();
    settings.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    settings.set_min_proto_version(Some(SslVersion::TLS1_2)).unwrap();
    settings.enable_h2();
    Ok(settings)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut server = Server::new(Some(Opt::parse_args()))?;
    server.bootstrap();
    let identity = Arc::new(CertKey::new(vec![], load_key("/run/identity/key.pem")?));

    let mut proxy = http_proxy_service(
        &server.configuration,
        Sidecar { identity: identity.clone(), relaxed: std::env::args().any(|it| it == "--relaxed") },
    );
    proxy.add_tls_with_settings("0.0.0.0:8443", None, partners()?);
    proxy.add_tls_with_settings("0.0.0.0:9443", None, strict()?);
    proxy.add_tcp("127.0.0.1:8080");
    proxy.add_uds("/run/sidecar/proxy.sock", None);

    let mut health = Service::prometheus_http_service();
    health.add_tcp("[::1]:6192");
    let echo = Service::with_listeners("echo".into(), Listeners::tcp("127.0.0.1:7"), Echo);

    server.add_service(proxy);
    server.add_service(health);
    server.add_service(echo);
    server.run_forever();
}
