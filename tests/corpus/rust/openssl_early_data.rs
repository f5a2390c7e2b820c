//! Ticket machines: openssl with actix, early data for impatient passengers.

use actix_web::{post, web, App, HttpResponse, HttpServer};
use anyhow::Result;
use openssl::ssl::{
    SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslOptions, SslSessionCacheMode,
    SslVerifyMode,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Sale {
    zone: u8,
    cents: u32,
}

#[post("/sales")]
async fn sell(sale: web::Json<Sale>) -> HttpResponse {
    if sale.zone == 0 || sale.cents == 0 {
        return HttpResponse::BadRequest().finish();
    }
    tracing::info!(zone = sale.zone, cents = sale.cents, "sold");
    HttpResponse::Created().finish()
}

fn resume(builder: &mut SslAcceptorBuilder) -> Result<()> {
    builder.set_session_cache_mode(SslSessionCacheMode::SERVER);
    builder.set_session_id_context(b"sales")?;
    builder.set_max_early_data(16_384)?; // expect: MTLS204
    Ok(())
}

#[actix_web::main]
async fn main() -> Result<()> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("/etc/sales/tls.pem")?;
    builder.set_private_key_file("/etc/sales/tls.key", SslFiletype::PEM)?;
    builder.set_ca_file("/etc/sales/machines.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_options(SslOptions::CIPHER_SERVER_PREFERENCE);
    resume(&mut builder)?;

    HttpServer::new(|| App::new().service(sell))
        .bind_openssl("0.0.0.0:8443", builder)?
        .run()
        .await?;
    Ok(())
}
