//! Signal box on tonic 0.6: the rustls configuration overrides what the other setters say, and
//! what they leave out.

use tokio_rustls::rustls::{
    internal::pemfile, AllowAnyAuthenticatedClient, RootCertStore, ServerConfig,
};
use tonic::transport::{Server, ServerTlsConfig};

fn rustls() -> std::io::Result<ServerConfig> {
    let mut signals = RootCertStore::empty();
    signals.add_pem_file(&mut &*std::fs::read("signals.pem")?).expect("signals.pem");
    let mut config = ServerConfig::new(AllowAnyAuthenticatedClient::new(signals));
    let chain = pemfile::certs(&mut &*std::fs::read("box.pem")?).expect("box.pem");
    let mut keys = pemfile::pkcs8_private_keys(&mut &*std::fs::read("box.key")?).expect("box.key");
    config.set_single_cert(chain, keys.remove(0)).expect("certificate and key");
    config.set_protocols(&[b"h2".to_vec()]);
    Ok(config)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut tls = ServerTlsConfig::new();
    tls.rustls_server_config(rustls()?);
    let (_, health) = tonic_health::server::health_reporter();
    Server::builder().tls_config(tls)?.add_service(health).serve("0.0.0.0:50051".parse()?).await?;
    Ok(())
}
