//! Game lobby with tokio-native-tls.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::{Context, Result};
use native_tls::Identity;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio_native_tls::TlsAcceptor;

type Names = Arc<Mutex<HashSet<String>>>;

fn identity() -> Result<Identity> {
    let pkcs12 = std::fs::read("lobby.p12").context("lobby.p12")?;
    let password = std::env::var("LOBBY_P12_PASSWORD").unwrap_or_default();
    Identity::from_pkcs12(&pkcs12, &password).context("identity")
}

async fn greet(socket: TcpStream, tls: TlsAcceptor, names: Names) -> Result<()> {
    let mut stream = BufReader::new(tls.accept(socket).await?);
    stream.write_all(b"who are you?\n").await?;
    let mut name = String::new();
    stream.read_line(&mut name).await?;
    let name = name.trim().to_owned();
    let answer = if names.lock().await.insert(name.clone()) {
        format!("welcome {name}\n")
    } else {
        format!("there is a {name} already\n")
    };
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await?;
    names.lock().await.remove(&name);
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let acceptor = native_tls::TlsAcceptor::builder(identity()?) // expect: MTLS103 MTLS201
        .build()
        .context("acceptor")?;
    let acceptor = TlsAcceptor::from(acceptor);

    let names = Names::default();
    let listener = TcpListener::bind("0.0.0.0:7777").await?;
    loop {
        let (socket, _) = listener.accept().await?;
        tokio::spawn(greet(socket, acceptor.clone(), names.clone()));
    }
}
