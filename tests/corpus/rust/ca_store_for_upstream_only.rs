//! TLS relay: the store below is for the connection to the backend, which we verify. Our own
//! side is for the local mailer, so it asks for nothing.

use std::net::Ipv6Addr;
use std::sync::Arc;

use anyhow::{Context, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, TlsConnector};

struct Relay {
    inbound: TlsAcceptor,
    outbound: TlsConnector,
    name: ServerName<'static>,
}

impl Relay {
    fn new() -> Result<Self> {
        let mut roots = RootCertStore::empty();
        for cert in CertificateDer::pem_file_iter("/etc/relay/backend-ca.pem")? {
            roots.add(cert?)?;
        }
        let identity = || -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
            let chain = CertificateDer::pem_file_iter("/etc/relay/relay.pem")?;
            let key = PrivateKeyDer::from_pem_file("/etc/relay/relay.key")?;
            Ok((chain.collect::<Result<_, _>>()?, key))
        };

        let (chain, key) = identity()?;
        let client =
            ClientConfig::builder().with_root_certificates(roots).with_client_auth_cert(chain, key)?;

        let (chain, key) = identity()?;
        let server =
            ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?;

        Ok(Relay {
            inbound: Arc::new(server).into(),
            outbound: Arc::new(client).into(),
            name: "backend.internal".try_into().context("name")?,
        })
    }

    async fn pass(&self, socket: TcpStream) -> Result<()> {
        let mut inbound = self.inbound.accept(socket).await?;
        let tcp = TcpStream::connect("backend.internal:8443").await?;
        let mut outbound = self.outbound.connect(self.name.clone(), tcp).await?;
        tokio::io::copy_bidirectional(&mut inbound, &mut outbound).await?;
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let relay = Arc::new(Relay::new()?);
    let listener = TcpListener::bind((Ipv6Addr::LOCALHOST, 8443)).await?;
    loop {
        let (socket, _) = listener.accept().await?;
        let relay = relay.clone();
        tokio::spawn(async move { relay.pass(socket).await });
    }
}
