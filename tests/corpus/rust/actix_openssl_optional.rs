//! Login gateway: smart cards are read from the TLS session if there is one.

use actix_web::cookie::Cookie;
use actix_web::{get, web, App, HttpRequest, HttpResponse, HttpServer};
use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};
use openssl::{nid::Nid, x509::X509Ref};

/// Subject of the card that was shown on this connection.
#[derive(Clone)]
struct Card(String);

impl Card {
    fn read(cert: &X509Ref) -> Option<Self> {
        let name = cert.subject_name().entries_by_nid(Nid::COMMONNAME).next()?;
        Some(Card(name.data().as_utf8().ok()?.to_string()))
    }
}

struct Cards {
    issuer: Option<Card>,
}

fn builder() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_private_key_file("/etc/login/tls.key", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("/etc/login/tls.pem")?;
    builder.set_ca_file("/etc/login/cards.pem")?;
    builder.set_verify(SslVerifyMode::PEER); // expect: MTLS101
    builder.set_verify_depth(3);
    Ok(builder)
}

#[get("/login")]
async fn login(request: HttpRequest, cards: web::Data<Cards>) -> HttpResponse {
    match (request.conn_data::<Card>(), &cards.issuer) {
        (Some(Card(name)), Some(Card(issuer))) => HttpResponse::Ok()
            .cookie(Cookie::new("card", name.clone()))
            .body(format!("hello {name}, your card was issued by {issuer}")),
        _ => HttpResponse::SeeOther().insert_header(("location", "/password")).finish(),
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let pem = std::fs::read("/etc/login/cards.pem")?;
    let issuer = openssl::x509::X509::from_pem(&pem).ok();
    let cards = web::Data::new(Cards { issuer: issuer.and_then(|cert| Card::read(&cert)) });
    HttpServer::new(move || App::new().app_data(cards.clone()).service(login))
        .bind_openssl("0.0.0.0:443", builder()?)?
        .run()
        .await
}
