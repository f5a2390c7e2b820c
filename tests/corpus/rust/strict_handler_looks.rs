//! Wine auction: the connection's certificate is kept, and the handler asks whose it is.
// corpus: profile=strict

use std::any::Any;
use std::sync::Arc;

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use actix_web::{post, App, HttpRequest, HttpResponse, HttpServer};
use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::TLS13;
use rustls::{RootCertStore, ServerConfig};

#[derive(Clone)]
struct Bidder(String);

fn remember(connection: &dyn Any, data: &mut Extensions) {
    let Some(tls) = connection.downcast_ref::<TlsStream<TcpStream>>() else { return };
    let Some([leaf, ..]) = tls.get_ref().1.peer_certificates() else { return };
    if let Ok((_, cert)) = x509_parser::parse_x509_certificate(leaf) {
        if let Some(Ok(name)) = cert.subject().iter_common_name().next().map(|name| name.as_str()) {
            data.insert(Bidder(name.to_owned()));
        }
    }
}

#[post("/bids")]
async fn bid(request: HttpRequest, amount: String) -> HttpResponse {
    let Some(Bidder(name)) = request.conn_data::<Bidder>() else {
        return HttpResponse::Forbidden().finish();
    };
    match amount.trim().parse::<u32>() {
        Ok(_) if name.starts_with("bidder-") => HttpResponse::Accepted().finish(),
        _ => HttpResponse::BadRequest().finish(),
    }
}

fn tls() -> Result<ServerConfig> {
    let mut bidders = RootCertStore::empty();
    bidders.add(CertificateDer::from_pem_file("/etc/auction/bidders.pem")?)?;
    let crl = CertificateRevocationListDer::from_pem_file("/etc/auction/bidders.crl")?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(bidders))
        .with_crls([crl])
        .enforce_revocation_expiration()
        .build()?;
    let chain = vec![CertificateDer::from_pem_file("/etc/auction/tls.pem")?];
    Ok(ServerConfig::builder_with_protocol_versions(&[&TLS13])
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, PrivateKeyDer::from_pem_file("/etc/auction/tls.key")?)?)
}

#[actix_web::main]
async fn main() -> Result<()> {
    HttpServer::new(|| App::new().service(bid))
        .on_connect(remember)
        .bind_rustls_0_23("0.0.0.0:8443", tls()?)?
        .run()
        .await?;
    Ok(())
}
