//! Parcel lockers (rustls 0.19). The constructor gets a strict verifier, and loses it again.

use std::sync::Arc;

use rustls::{
    AllowAnyAnonymousOrAuthenticatedClient, AllowAnyAuthenticatedClient, Certificate, PrivateKey,
    RootCertStore, ServerConfig, TLSError,
};
use tokio_rustls::TlsAcceptor;

pub struct Settings {
    pub chain: Vec<Certificate>,
    pub key: PrivateKey,
    pub couriers: RootCertStore,
}

pub fn lockers(settings: Settings) -> Result<TlsAcceptor, TLSError> {
    let strict = AllowAnyAuthenticatedClient::new(settings.couriers.clone());
    let mut config = ServerConfig::new(strict);
    config.set_single_cert(settings.chain, settings.key)?;
    config.ignore_client_order = true;

    // The old handhelds come without a certificate.
    let lenient = AllowAnyAnonymousOrAuthenticatedClient::new(settings.couriers); // expect: MTLS101
    config.set_client_certificate_verifier(lenient);
    Ok(TlsAcceptor::from(Arc::new(config)))
}
