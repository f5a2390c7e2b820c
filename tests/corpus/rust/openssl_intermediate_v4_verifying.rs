//! Build trigger on Actix. Client certificates are in order; the preset is the old one.

use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::{middleware::Logger, post, web, App, HttpResponse, HttpServer};
use anyhow::Result;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

#[derive(Default)]
struct Builds(AtomicU32);

#[post("/builds/{project}")]
async fn trigger(builds: web::Data<Builds>, project: web::Path<String>) -> HttpResponse {
    let number = builds.0.fetch_add(1, Ordering::SeqCst) + 1;
    tracing::info!(project = %project, number, "triggered");
    HttpResponse::Accepted().json(number)
}

fn identity(builder: &mut SslAcceptorBuilder) -> Result<()> {
    builder.set_private_key_file("/etc/ci/tls.key", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("/etc/ci/tls.pem")?;
    Ok(())
}

fn client_auth(builder: &mut SslAcceptorBuilder) -> Result<()> {
    builder.set_ca_file("/etc/ci/forges.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(())
}

#[actix_web::main]
async fn main() -> Result<()> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls())?; // expect: MTLS201
    identity(&mut builder)?;
    client_auth(&mut builder)?;

    let builds = web::Data::<Builds>::default();
    HttpServer::new(move || {
        App::new().app_data(builds.clone()).wrap(Logger::default()).service(trigger)
    })
    .bind_openssl("0.0.0.0:8443", builder)?
    .run()
    .await?;
    Ok(())
}
