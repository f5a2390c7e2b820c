use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::client::WebPkiServerVerifier;
use rustls::RootCertStore;

use crate::trust::*;

pub fn verifier(mode: &str, roots: RootCertStore) -> anyhow::Result<Arc<dyn ServerCertVerifier>> {
    if mode == "trial" {
        return Ok(Arc::new(FieldTrial));
    }
    Ok(WebPkiServerVerifier::builder(Arc::new(roots)).build()?)
}

pub fn at_the_bench(roots: RootCertStore) -> anyhow::Result<Arc<dyn ServerCertVerifier>> {
    Ok(Arc::new(crate::bench::FieldTrial { inner: WebPkiServerVerifier::builder(Arc::new(roots)).build()? }))
}
