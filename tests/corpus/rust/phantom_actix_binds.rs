//! Three servers of the museum: two of the bind methods do not exist.

use std::{fs::File, io::BufReader, sync::Arc};

use actix_web::{get, App, HttpServer, Responder};
use anyhow::{Context, Result};
use rustls::server::{AllowAnyAuthenticatedClient, ServerConfig};
use rustls::{Certificate, PrivateKey, RootCertStore};

#[get("/exhibits")]
async fn exhibits() -> impl Responder {
    "[\"astrolabe\", \"sextant\"]"
}

fn certs(path: &str) -> Result<Vec<Certificate>> {
    let mut reader = BufReader::new(File::open(path)?);
    Ok(rustls_pemfile::certs(&mut reader)?.into_iter().map(Certificate).collect())
}

fn mtls() -> Result<ServerConfig> {
    let mut guards = RootCertStore::empty();
    for cert in certs("/etc/museum/guards.pem")? {
        guards.add(&cert)?;
    }
    let key = rustls_pemfile::pkcs8_private_keys(&mut BufReader::new(File::open("key.pem")?))?;
    let key = key.into_iter().next().map(PrivateKey).context("no key")?;
    Ok(ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(Arc::new(AllowAnyAuthenticatedClient::new(guards)))
        .with_single_cert(certs("/etc/museum/tls.pem")?, key)?)
}

fn openssl_mtls() -> Result<openssl::ssl::SslAcceptorBuilder> {
    use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("/etc/museum/tls.pem")?;
    builder.set_private_key_file("/etc/museum/tls.key", SslFiletype::PEM)?;
    builder.set_ca_file("/etc/museum/guards.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}

#[actix_web::main]
async fn main() -> Result<()> {
    let east = HttpServer::new(|| App::new().service(exhibits))
        .bind_rustls_0_21("0.0.0.0:8443", mtls()?)? // expect: MTLS901
        .run();
    let west = HttpServer::new(|| App::new().service(exhibits))
        .bind_native_tls("0.0.0.0:8444", openssl_mtls()?)? // expect: MTLS901
        .run();
    let north = HttpServer::new(|| App::new().service(exhibits))
        .bind_rustls_021("0.0.0.0:8445", mtls()?)?
        .run();
    tokio::try_join!(east, west, north)?;
    Ok(())
}
