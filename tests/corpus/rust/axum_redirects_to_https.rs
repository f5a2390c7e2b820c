//! Port 80 does nothing but send browsers to https; content needs a certificate.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use axum::{
    handler::HandlerWithoutStateExt,
    http::{uri::Authority, HeaderMap, StatusCode, Uri},
    response::Redirect,
    routing::get,
    BoxError, Router,
};
use axum_server::tls_rustls::RustlsConfig;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

#[derive(Clone, Copy)]
struct Ports {
    http: u16,
    https: u16,
}

async fn redirect_http_to_https(ports: Ports) {
    fn make_https(host: &str, uri: Uri, https_port: u16) -> Result<Uri, BoxError> {
        let mut parts = uri.into_parts();
        parts.scheme = Some(axum::http::uri::Scheme::HTTPS);
        if parts.path_and_query.is_none() {
            parts.path_and_query = Some("/".parse()?);
        }
        let authority: Authority = host.parse()?;
        let bare = authority.host();
        parts.authority = Some(format!("{bare}:{https_port}").parse()?);
        Ok(Uri::from_parts(parts)?)
    }

    let redirect = move |headers: HeaderMap, uri: Uri| async move {
        let host = headers.get("host").and_then(|value| value.to_str().ok()).unwrap_or_default();
        match make_https(host, uri, ports.https) {
            Ok(uri) => Ok(Redirect::permanent(&uri.to_string())),
            Err(error) => {
                tracing::warn!(%error, "cannot convert the URI to https");
                Err(StatusCode::BAD_REQUEST)
            }
        }
    };

    let addr = SocketAddr::from(([0, 0, 0, 0], ports.http));
    let listener = tokio::net::TcpListener::bind(addr).await.unwrap();
    axum::serve(listener, redirect.into_make_service()).await.unwrap();
}

fn tls() -> Result<RustlsConfig> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter("certs/staff-ca.pem")? {
        roots.add(cert?)?;
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            CertificateDer::pem_file_iter("certs/cert.pem")?.collect::<Result<_, _>>()?,
            PrivateKeyDer::from_pem_file("certs/key.pem")?,
        )?;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

#[tokio::main]
async fn main() -> Result<()> {
    let ports = Ports { http: 80, https: 443 };
    tokio::spawn(redirect_http_to_https(ports));

    let app = Router::new().route("/", get(|| async { "hello, staff" }));
    let addr = SocketAddr::from(([0, 0, 0, 0], ports.https));
    axum_server::bind_rustls(addr, tls()?).serve(app.into_make_service()).await?;
    Ok(())
}
