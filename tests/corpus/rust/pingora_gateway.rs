//! A gateway on pingora: a public site with and without TLS, partners with certificates, metrics.

use async_trait::async_trait;
use pingora::prelude::*;
use pingora::tls::ssl::{SslContext, SslFiletype, SslMethod, SslVerifyMode, SslVersion};
use pingora_core::listeners::tls::TlsSettings;
use pingora_core::services::listening::Service;
use pingora_core::upstreams::peer::HttpPeer;
use pingora_proxy::{http_proxy_service, ProxyHttp, Session};

struct Site {
    legacy: bool,
}

#[async_trait]
impl ProxyHttp for Site {
    type CTX = ();
    fn new_ctx(&self) {}

    async fn upstream_peer(&self, session: &mut Session, _ctx: &mut ()) -> Result<Box<HttpPeer>> {
        let path = session.req_header().uri.path();
        if path.starts_with("/reports") {
            let mut peer = HttpPeer::new(("10.9.0.4", 8443), true, "reports.lan".to_string());
            peer.options.verify_cert = false; // expect: MTLS401
            peer.options.verify_hostname = false;
            return Ok(Box::new(peer));
        }
        if path.starts_with("/cdn") {
            let mut peer = Box::new(HttpPeer::new("10.9.0.5:443", true, "cdn.lan".to_owned()));
            peer.options.verify_hostname = false; // expect: MTLS402
            return Ok(peer);
        }
        if path.starts_with("/search") {
            // Without a name to ask for, pingora verifies nothing.
            let peer = HttpPeer::new("10.9.0.6:443", true, "".to_string()); // expect: MTLS401
            return Ok(Box::new(peer));
        }
        if self.legacy {
            // No TLS, so there is nothing to verify.
            let mut peer = HttpPeer::new("127.0.0.1:8000", false, String::new());
            peer.options.verify_cert = false;
            return Ok(Box::new(peer));
        }
        let mut peer = HttpPeer::new("10.9.0.7:443", true, "shop.lan".to_string());
        peer.options.verify_cert = true;
        Ok(Box::new(peer))
    }
}

fn context(chain: &str, key: &str) -> Result<SslContext, Box<dyn std::error::Error>> {
    let mut context = SslContext::builder(SslMethod::tls_server())?; // expect: MTLS201
    context.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    context.set_ca_file("/etc/gateway/partners.pem")?;
    context.set_certificate_chain_file(chain)?;
    context.set_private_key_file(key, SslFiletype::PEM)?;
    Ok(context.build())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut server = Server::new(Some(Opt::parse_args()))?;
    server.bootstrap();

    let mut site = http_proxy_service(&server.configuration, Site { legacy: false });
    site.add_tcp("0.0.0.0:8080"); // expect: MTLS302
    site.add_tls("0.0.0.0:8443", "/etc/gateway/site.pem", "/etc/gateway/site.key")?; // expect: MTLS103
    site.add_uds("/run/gateway.sock", None);

    let mut old = TlsSettings::intermediate("/etc/gateway/old.pem", "/etc/gateway/old.key")?; // expect: MTLS103
    old.set_min_proto_version(Some(SslVersion::TLS1))?; // expect: MTLS202
    old.enable_h2();
    let mut machines = http_proxy_service(&server.configuration, Site { legacy: true });
    machines.add_tls_with_settings("0.0.0.0:8444", None, old);

    let mut mutual = TlsSettings::intermediate("/etc/gateway/site.pem", "/etc/gateway/site.key")?;
    mutual.set_ca_file("/etc/gateway/partners.pem")?;
    mutual.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    let mut partners = http_proxy_service(&server.configuration, Site { legacy: false });
    partners.add_tls_with_settings("0.0.0.0:8445", None, mutual);
    partners.add_tcp("127.0.0.1:8081");

    let mut metrics = Service::prometheus_http_service();
    metrics.add_tcp("127.0.0.1:6192");

    log::info!("{:?}", context("/etc/gateway/site.pem", "/etc/gateway/site.key")?);
    server.add_service(site);
    server.add_service(machines);
    server.add_service(partners);
    server.add_service(metrics);
    server.run_forever();
}
