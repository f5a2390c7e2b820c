//! Dictionary look-ups. `dangerous()` is how a sound verifier gets in, too.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::{BuilderVerifierExt, ConfigVerifierExt, Verifier};

pub fn by_hand() -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = Verifier::new(provider)?;
    Ok(ClientConfig::builder()
        .dangerous() // not as dangerous as it sounds
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

pub fn by_extension() -> Result<ClientConfig, rustls::Error> {
    ClientConfig::with_platform_verifier()
}

pub fn by_builder() -> Result<ClientConfig, rustls::Error> {
    Ok(ClientConfig::builder().with_platform_verifier()?.with_no_client_auth())
}

pub fn by_webpki(roots: RootCertStore) -> anyhow::Result<ClientConfig> {
    let verifier = WebPkiServerVerifier::builder(roots.into()).build()?;
    let mut config = ClientConfig::builder().with_webpki_verifier(verifier).with_no_client_auth();
    config.enable_early_data = true;
    config.key_log = Arc::new(rustls::KeyLogFile::new());
    Ok(config)
}

pub async fn define(word: &str) -> anyhow::Result<String> {
    let http = reqwest::Client::builder().use_preconfigured_tls(by_hand()?).build()?;
    let url = format!("https://dict.example.com/define/{word}");
    Ok(http.get(url).send().await?.error_for_status()?.text().await?)
}
