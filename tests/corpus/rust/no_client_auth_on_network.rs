//! A small line-based key/value server that speaks TLS on every interface.

use std::collections::HashMap;
use std::io::{self, BufReader};
use std::sync::{Arc, Mutex};

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

type Store = Arc<Mutex<HashMap<String, String>>>;

fn read_chain(path: &str) -> io::Result<Vec<CertificateDer<'static>>> {
    rustls_pemfile::certs(&mut BufReader::new(std::fs::File::open(path)?)).collect()
}

fn read_key(path: &str) -> io::Result<PrivateKeyDer<'static>> {
    rustls_pemfile::private_key(&mut BufReader::new(std::fs::File::open(path)?))?
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "no private key"))
}

async fn serve_client<S>(stream: S, store: Store) -> io::Result<()>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let mut stream = BufStream::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let mut words = line.split_whitespace();
        let answer = match (words.next(), words.next(), words.next()) {
            (Some("GET"), Some(key), None) => store.lock().unwrap().get(key).cloned(),
            (Some("SET"), Some(key), Some(value)) => {
                store.lock().unwrap().insert(key.into(), value.into())
            }
            _ => Some("ERR".into()),
        };
        stream.write_all(answer.unwrap_or_default().as_bytes()).await?;
        stream.write_all(b"\n").await?;
        stream.flush().await?;
        line.clear();
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS103
        .with_single_cert(read_chain("certs/kv.pem")?, read_key("certs/kv.key")?)?;
    let acceptor = TlsAcceptor::from(Arc::new(config));

    let store = Store::default();
    let listener = TcpListener::bind("[::]:7001").await?;
    loop {
        let (socket, _) = listener.accept().await?;
        let (acceptor, store) = (acceptor.clone(), store.clone());
        tokio::spawn(async move {
            let stream = acceptor.accept(socket).await?;
            serve_client(stream, store).await
        });
    }
}
