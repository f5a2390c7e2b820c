//! Two services on pingora: one only sends people to HTTPS, the other one is open beside its TLS.

use std::sync::Arc;

use async_trait::async_trait;
use pingora_core::listeners::tls::TlsSettings;
use pingora_core::server::Server;
use pingora_core::tls::ssl::SslVerifyMode;
use pingora_core::upstreams::peer::HttpPeer;
use pingora_core::{Error, ErrorType, Result};
use pingora_http::ResponseHeader;
use pingora_load_balancing::{selection::RoundRobin, LoadBalancer};
use pingora_proxy::{http_proxy_service, http_proxy_service_with_name, ProxyHttp, Session};

pub struct ToHttps;

#[async_trait]
impl ProxyHttp for ToHttps {
    type CTX = ();
    fn new_ctx(&self) {}

    async fn request_filter(&self, session: &mut Session, _ctx: &mut ()) -> Result<bool> {
        let host = session.get_header("host").and_then(|it| it.to_str().ok()).unwrap_or_default();
        let mut answer = ResponseHeader::build(301, None)?;
        answer.insert_header("Location", format!("https://{host}{}", session.req_header().uri))?;
        session.write_response_header(Box::new(answer), true).await?;
        Ok(true)
    }

    async fn upstream_peer(&self, _session: &mut Session, _ctx: &mut ()) -> Result<Box<HttpPeer>> {
        Err(Error::explain(ErrorType::InternalError, "nothing behind it"))
    }
}

pub struct Balancer(Arc<LoadBalancer<RoundRobin>>);

#[async_trait]
impl ProxyHttp for Balancer {
    type CTX = ();
    fn new_ctx(&self) {}

    async fn upstream_peer(&self, _session: &mut Session, _ctx: &mut ()) -> Result<Box<HttpPeer>> {
        let backend = self.0.select(b"", 64).ok_or_else(|| Error::new(ErrorType::ConnectNoRoute))?;
        Ok(Box::new(HttpPeer::new(backend, true, "nodes.internal".to_string())))
    }
}

fn settings(ca: &str) -> Result<TlsSettings> {
    let mut settings = TlsSettings::intermediate("/run/tls/edge.pem", "/run/tls/edge.key")?;
    settings.set_ca_file(ca).map_err(|it| Error::because(ErrorType::InternalError, "ca", it))?;
    settings.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    settings.enable_h2();
    Ok(settings)
}

fn main() -> Result<()> {
    let mut server = Server::new(None)?;
    server.bootstrap();

    let mut redirect = http_proxy_service(&server.configuration, ToHttps);
    redirect.add_tcp("0.0.0.0:80");
    server.add_service(redirect);

    let nodes = LoadBalancer::try_from_iter(["10.4.0.1:443", "10.4.0.2:443"]).unwrap();
    let mut edge = http_proxy_service_with_name(&server.configuration, Balancer(Arc::new(nodes)), "edge");
    edge.add_tls_with_settings("[::]:443", None, settings("/run/tls/clients.pem")?);
    edge.add_tcp("[::]:8080"); // expect: MTLS105 MTLS302
    server.add_service(edge);
    server.run_forever();
}
