//! Carillon on the newest edition: let chains, async closures, captured lifetimes.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

#[derive(Default)]
pub struct Settings {
    pub ringers: Option<PathBuf>,
    pub guests: bool,
}

fn names<'a>(settings: &'a Settings) -> impl Iterator<Item = &'a str> + use<'a> {
    settings.ringers.iter().filter_map(|path| path.to_str())
}

pub fn config(
    settings: &Settings,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig> {
    let builder = ServerConfig::builder();
    let builder = if let Some(path) = &settings.ringers
        && path.exists()
        && let Ok(cert) = CertificateDer::from_pem_file(path)
    {
        let mut roots = RootCertStore::empty();
        roots.add(cert)?;
        let verifier = WebPkiClientVerifier::builder(Arc::new(roots));
        let verifier = if settings.guests { verifier.allow_unauthenticated() } else { verifier }; // expect: MTLS101
        builder.with_client_cert_verifier(verifier.build()?)
    } else {
        anyhow::bail!("no ringers: {:?}", names(settings).collect::<Vec<_>>())
    };
    Ok(builder.with_single_cert(chain, key)?)
}

pub async fn each<F>(ring: F) -> Result<()>
where
    F: AsyncFn(u8) -> Result<()>,
{
    for bell in 1..=8 {
        ring(bell).await?;
    }
    Ok(())
}
