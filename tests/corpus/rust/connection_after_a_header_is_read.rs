//! Remote desks of a library: what comes first is read into a buffer, and then TLS begins.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn read_frame(stream: &mut TcpStream) -> Result<Vec<u8>, String> {
    let mut header = [0u8; 4];
    stream.read_exact(&mut header).await.map_err(|error| format!("header: {error}"))?;
    if header[0] != 0x03 || header[1] != 0x00 {
        return Err(format!("no such header: {:#04x}", header[0]));
    }
    let length = ((header[2] as usize) << 8) | (header[3] as usize);
    let mut payload = vec![0u8; length];
    stream.read_exact(&mut payload).await.map_err(|error| format!("payload: {error}"))?;
    Ok(payload)
}

pub async fn open(host: &str, request: &[u8]) -> Result<(), String> {
    let mut stream = TcpStream::connect((host, 3389)).await.map_err(|error| error.to_string())?;
    stream.write_all(request).await.map_err(|error| error.to_string())?;
    let answer = read_frame(&mut stream).await?;
    let connector = native_tls::TlsConnector::builder()
        .min_protocol_version(Some(native_tls::Protocol::Tlsv12))
        .danger_accept_invalid_certs(true) // expect: MTLS401
        .build()
        .map_err(|error| error.to_string())?;
    let connector = tokio_native_tls::TlsConnector::from(connector);
    let mut stream = connector.connect(host, stream).await.map_err(|error| error.to_string())?;
    stream.write_all(&answer).await.map_err(|error| error.to_string())
}

#[tokio::main]
async fn main() -> Result<(), String> {
    open("desk.library.example", b"\x03\x00\x00\x13").await
}
