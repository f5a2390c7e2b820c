// Snow ploughs report to ntex; a plough without a certificate is a lorry.
use std::sync::Arc;

use ntex::web::{self, App, HttpServer};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};

#[ntex::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut ploughs = RootCertStore::empty();
    ploughs.add(CertificateDer::from_pem_file("ploughs.pem")?)?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(ploughs))
        .build()?;
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(
        vec![CertificateDer::from_pem_file("depot.pem")?],
        PrivateKeyDer::from_pem_file("depot.key")?,
    )?;
    HttpServer::new(|| App::new().route("/position", web::post().to(|| async { "noted" })))
        .bind_rustls("0.0.0.0:8443", config)?
        .run()
        .await?;
    Ok(())
}
