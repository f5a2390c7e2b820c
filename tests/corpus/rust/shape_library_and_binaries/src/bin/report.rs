use std::io::Write;
use std::sync::Arc;

fn main() -> anyhow::Result<()> {
    let name = "gauges.river.example".try_into()?;
    let connection = rustls::ClientConnection::new(Arc::new(river_gauge::tls::client()?), name)?;
    let tcp = std::net::TcpStream::connect("gauges.river.example:8443")?;
    let mut stream = rustls::StreamOwned::new(connection, tcp);
    stream.write_all(std::env::args().nth(1).unwrap_or_default().as_bytes())?;
    Ok(())
}
