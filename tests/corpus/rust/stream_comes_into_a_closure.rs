//! Pump controllers: another library listens and accepts, and hands each stream to a closure.

use std::net::SocketAddr;
use std::sync::Arc;

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio_modbus::server::tcp::Server;
use tokio_rustls::TlsAcceptor;

fn chain_and_key() -> anyhow::Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let chain = CertificateDer::pem_file_iter("/etc/pumps/server.pem")?.collect::<Result<_, _>>()?;
    Ok((chain, PrivateKeyDer::from_pem_file("/run/secrets/pumps.key")?))
}

/// On the bench: nobody but this machine gets in.
async fn bench(address: SocketAddr) -> anyhow::Result<()> {
    let listener = TcpListener::bind(address).await?;
    let on_connected = |stream: TcpStream, _| async move {
        let (chain, key) = chain_and_key()?;
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?;
        let stream = TlsAcceptor::from(Arc::new(config)).accept(stream).await?;
        Ok(Some((Pump::default(), stream)))
    };
    Server::new(listener).serve(&on_connected, |error| eprintln!("{error}")).await?;
    Ok(())
}

/// In the field: the same on every interface.
async fn field() -> anyhow::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:802").await?;
    let on_connected = |stream: TcpStream, _| async move {
        let (chain, key) = chain_and_key()?;
        // expect: MTLS103
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?;
        let stream = TlsAcceptor::from(Arc::new(config)).accept(stream).await?;
        Ok(Some((Pump::default(), stream)))
    };
    Server::new(listener).serve(&on_connected, |error| eprintln!("{error}")).await?;
    Ok(())
}

#[derive(Default)]
struct Pump;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match std::env::var("PUMPS").as_deref() {
        Ok("bench") => bench("127.0.0.1:8802".parse()?).await,
        _ => field().await,
    }
}
