//! Walkie-talkies speak Noise over TCP: encrypted and mutual, without a word of TLS.

use std::collections::HashSet;

use anyhow::{bail, Result};
use snow::{params::NoiseParams, Builder, TransportState};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const PATTERN: &str = "Noise_XX_25519_ChaChaPoly_BLAKE2s";

async fn receive(tcp: &mut TcpStream) -> Result<Vec<u8>> {
    let mut message = vec![0; tcp.read_u16().await?.into()];
    tcp.read_exact(&mut message).await?;
    Ok(message)
}

async fn handshake(tcp: &mut TcpStream, key: &[u8], known: &HashSet<Vec<u8>>) -> Result<TransportState> {
    let params: NoiseParams = PATTERN.parse()?;
    let mut noise = Builder::new(params).local_private_key(key)?.build_responder()?;
    let mut buffer = vec![0; 1024];
    noise.read_message(&receive(tcp).await?, &mut buffer)?;
    let length = noise.write_message(&[], &mut buffer)?;
    tcp.write_u16(length as u16).await?;
    tcp.write_all(&buffer[..length]).await?;
    noise.read_message(&receive(tcp).await?, &mut buffer)?;
    match noise.get_remote_static() {
        Some(remote) if known.contains(remote) => Ok(noise.into_transport_mode()?),
        _ => bail!("unknown radio"),
    }
}

pub async fn serve(key: Vec<u8>, known: HashSet<Vec<u8>>) -> Result<()> {
    let listener = TcpListener::bind("0.0.0.0:4747").await?;
    loop {
        let (mut tcp, peer) = listener.accept().await?;
        match handshake(&mut tcp, &key, &known).await {
            Ok(_) => tracing::info!(%peer, "radio"),
            Err(error) => tracing::debug!(%peer, %error),
        }
    }
}
