//! Price list of the corner shop. No lock file, but what the manifest asks for has a floor.

use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connector = native_tls::TlsConnector::new()?;
    let tcp = std::net::TcpStream::connect(("prices.example.com", 443))?;
    let mut stream = connector.connect("prices.example.com", tcp)?;
    stream.write_all(b"GET /today HTTP/1.0\r\n\r\n")?;
    let mut prices = String::new();
    stream.read_to_string(&mut prices)?;
    println!("{prices}");
    Ok(())
}
