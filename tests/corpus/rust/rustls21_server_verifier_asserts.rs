//! Client of the building management box (rustls 0.21).

use std::sync::Arc;
use std::time::SystemTime;

use rustls::client::{ServerCertVerified, ServerCertVerifier};
use rustls::{Certificate, ClientConfig, Error, PrivateKey, RootCertStore, ServerName};
use tokio_rustls::TlsConnector;

struct BoxVerifier;

impl ServerCertVerifier for BoxVerifier {
    fn verify_server_cert( // expect: MTLS401
        &self,
        _end_entity: &Certificate,
        _intermediates: &[Certificate],
        server_name: &ServerName,
        _scts: &mut dyn Iterator<Item = &[u8]>,
        _ocsp_response: &[u8],
        _now: SystemTime,
    ) -> Result<ServerCertVerified, Error> {
        tracing::trace!(?server_name, "box");
        Ok(ServerCertVerified::assertion())
    }
}

pub struct BoxClient {
    tls: TlsConnector,
}

impl BoxClient {
    pub fn new(chain: Vec<Certificate>, key: PrivateKey) -> Result<Self, Error> {
        let mut config = ClientConfig::builder()
            .with_safe_defaults()
            .with_root_certificates(RootCertStore::empty())
            .with_client_auth_cert(chain, key)?;
        config.dangerous().set_certificate_verifier(Arc::new(BoxVerifier));
        config.enable_sni = false;
        Ok(BoxClient { tls: Arc::new(config).into() })
    }

    pub async fn read(&self, host: &str, register: u16) -> std::io::Result<u16> {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let name = ServerName::try_from(host)
            .map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidInput, error))?;
        let tcp = tokio::net::TcpStream::connect((host, 802)).await?;
        let mut stream = self.tls.connect(name, tcp).await?;
        stream.write_u16(register).await?;
        stream.read_u16().await
    }
}
