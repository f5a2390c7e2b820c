//! Syslog receiver on rustls 0.19.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind};
use std::sync::Arc;

use log::{error, info};
use rustls::internal::pemfile::{certs, pkcs8_private_keys};
use rustls::{
    AllowAnyAuthenticatedClient, Certificate, NoClientAuth, PrivateKey, RootCertStore,
    ServerConfig, Session,
};
use tokio::io::{AsyncBufReadExt, BufReader as AsyncBufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

fn invalid(what: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

fn load_certs(path: &str) -> io::Result<Vec<Certificate>> {
    certs(&mut BufReader::new(File::open(path)?)).map_err(|_| invalid("certificate"))
}

fn load_key(path: &str) -> io::Result<PrivateKey> {
    pkcs8_private_keys(&mut BufReader::new(File::open(path)?))
        .map_err(|_| invalid("private key"))?
        .pop()
        .ok_or_else(|| invalid("no private key"))
}

fn senders(path: &str) -> io::Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    let (_, rejected) = store
        .add_pem_file(&mut BufReader::new(File::open(path)?))
        .map_err(|_| invalid("CA file"))?;
    if rejected > 0 || store.is_empty() {
        return Err(invalid("unusable CA"));
    }
    Ok(store)
}

fn tls_config() -> io::Result<ServerConfig> {
    // The constructor wants some verifier; the real one follows when the CA was read.
    let mut config = ServerConfig::new(NoClientAuth::new());
    config
        .set_single_cert(load_certs("/etc/syslogd/tls.pem")?, load_key("/etc/syslogd/tls.key")?)
        .map_err(|_| invalid("certificate and key"))?;
    let roots = senders("/etc/syslogd/senders.pem")?;
    config.set_client_certificate_verifier(AllowAnyAuthenticatedClient::new(roots));
    config.set_protocols(&[b"syslog".to_vec()]);
    Ok(config)
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let acceptor = TlsAcceptor::from(Arc::new(tls_config()?));
    let listener = TcpListener::bind("0.0.0.0:6514").await?;
    loop {
        let (socket, peer) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let stream = match acceptor.accept(socket).await {
                Ok(stream) => stream,
                Err(e) => return error!("{}: {}", peer, e),
            };
            let chain = stream.get_ref().1.get_peer_certificates().map_or(0, |c| c.len());
            info!("{} connected with a chain of {}", peer, chain);
            let mut lines = AsyncBufReader::new(stream).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                println!("{} {}", peer.ip(), line);
            }
        });
    }
}
