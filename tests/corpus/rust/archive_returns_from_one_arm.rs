//! Glacier archive: one server, over mutual TLS if there are files for it; after a failure a second
//! attempt reads its settings anew.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use actix_web::{web, App, HttpResponse, HttpServer};
use anyhow::Result;
use rustls::pki_types::{pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

#[derive(serde::Deserialize)]
struct Settings {
    listen: String,
    tls: Option<PathBuf>,
}

async fn core(name: web::Path<String>) -> HttpResponse {
    HttpResponse::Ok().body(format!("core {name}"))
}

fn routes(config: &mut web::ServiceConfig) {
    config.route("/cores/{name}", web::get().to(core));
}

fn mutual(files: &Path) -> Result<ServerConfig> {
    let mut stations = RootCertStore::empty();
    stations.add(CertificateDer::from_pem_file(files.join("stations.pem"))?)?;
    let revoked = CertificateRevocationListDer::from_pem_file(files.join("revoked.pem"))?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(stations)).with_crls([revoked]).build()?;
    let chain = vec![CertificateDer::from_pem_file(files.join("chain.pem"))?];
    let key = PrivateKeyDer::from_pem_file(files.join("key.pem"))?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

async fn serve(path: &Path) -> Result<()> {
    let settings: Settings = toml::from_str(&std::fs::read_to_string(path)?)?;
    let server = HttpServer::new(|| App::new().configure(routes)).workers(2);
    if let Some(files) = settings.tls.as_deref() {
        server.bind_rustls_0_23(&settings.listen, mutual(files)?)?.run().await?;
        return Ok(());
    }
    log::warn!("no TLS on {}", settings.listen);
    server.bind(&settings.listen)?.run().await?;
    Ok(())
}

#[actix_web::main]
async fn main() -> Result<()> {
    let path = Path::new("/etc/archive.toml");
    if let Err(error) = serve(path).await {
        log::error!("{error}, once more");
    }
    serve(path).await
}
