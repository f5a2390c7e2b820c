//! Fleet API on Actix. Vehicles were to show certificates; see `--vehicle-ca`.

use std::path::{Path, PathBuf};

use actix_web::{get, web, App, HttpResponse, HttpServer};
use anyhow::{Context, Result};
use clap::Parser;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{RootCertStore, ServerConfig};

#[derive(Parser)]
struct Args {
    #[arg(long)]
    cert: PathBuf,
    #[arg(long)]
    key: PathBuf,
    /// CA that signs the certificates of vehicles
    #[arg(long)]
    vehicle_ca: PathBuf,
}

fn client_roots(path: &Path) -> Result<RootCertStore> {
    let mut client_roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(path).with_context(|| path.display().to_string())? {
        client_roots.add(cert?)?;
    }
    Ok(client_roots)
}

fn server_config(args: &Args) -> Result<ServerConfig> {
    let client_roots = client_roots(&args.vehicle_ca)?;
    tracing::info!(count = client_roots.len(), "vehicle CAs");

    let chain = CertificateDer::pem_file_iter(&args.cert)?.collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file(&args.key)?;
    let config = ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS104
        .with_single_cert(chain, key)?;
    Ok(config)
}

#[get("/vehicles/{vin}/position")]
async fn position(vin: web::Path<String>) -> HttpResponse {
    if vin.len() != 17 {
        return HttpResponse::NotFound().finish();
    }
    HttpResponse::Ok().json([48.2082, 16.3738])
}

#[actix_web::main]
async fn main() -> Result<()> {
    let config = server_config(&Args::parse())?;
    HttpServer::new(|| App::new().service(position))
        .bind_rustls_0_23("0.0.0.0:8443", config)?
        .run()
        .await?;
    Ok(())
}
