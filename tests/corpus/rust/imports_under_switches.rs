//! A chat client for either TLS stack: one name is imported from both, and each function means
//! the one of its own build.

#[cfg(feature = "tls-rustls")]
use std::sync::Arc;

#[cfg(all(feature = "tls-native", not(feature = "tls-rustls")))]
use native_tls::{Identity, TlsConnector};
// Where both are asked for, rustls wins.
#[cfg(feature = "tls-rustls")]
use tokio_rustls::{
    rustls::{ClientConfig, RootCertStore},
    TlsConnector,
};

use tokio::net::TcpStream;

use crate::settings::Settings;

pub struct Chat;

impl Chat {
    #[cfg(all(feature = "tls-native", not(feature = "tls-rustls")))]
    pub async fn connect(settings: &Settings, stream: TcpStream) -> anyhow::Result<()> {
        let mut builder = TlsConnector::builder(); // expect: MTLS201
        if let Some(archive) = settings.archive() {
            builder.identity(Identity::from_pkcs12(&archive, settings.password())?);
        }
        if settings.accepts_anything() {
            builder.danger_accept_invalid_certs(true); // expect: MTLS401
        }
        let connector: tokio_native_tls::TlsConnector = builder.build()?.into();
        connector.connect(settings.server(), stream).await?;
        Ok(())
    }

    #[cfg(feature = "tls-rustls")]
    pub async fn connect(settings: &Settings, stream: TcpStream) -> anyhow::Result<()> {
        let mut roots = RootCertStore::empty();
        roots.add(settings.root()?)?;
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let connector = TlsConnector::from(Arc::new(config));
        connector.connect(settings.server().try_into()?, stream).await?;
        Ok(())
    }
}
