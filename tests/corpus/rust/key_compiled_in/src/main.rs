mod identity;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use anyhow::Result;
use rustls::{ClientConnection, StreamOwned};

fn main() -> Result<()> {
    let host = "fleet.example.com";
    let connection = ClientConnection::new(Arc::new(identity::config()?), host.try_into()?)?;
    let mut stream = StreamOwned::new(connection, TcpStream::connect((host, 7443))?);
    stream.write_all(b"HELLO\n")?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    println!("{reply}");
    Ok(())
}
