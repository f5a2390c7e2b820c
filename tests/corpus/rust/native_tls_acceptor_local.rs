//! Test double for a licence server. It serves this machine and nothing else.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use native_tls::{Identity, Protocol, TlsAcceptor};

/// Answers every request with the licence text.
pub struct LicenceServer {
    listener: TcpListener,
    tls: TlsAcceptor,
}

impl LicenceServer {
    pub fn start(identity: Identity) -> Result<Self, Box<dyn std::error::Error>> {
        let tls = TlsAcceptor::builder(identity)
            .min_protocol_version(Some(Protocol::Tlsv12))
            .build()?;
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        Ok(LicenceServer { listener, tls })
    }

    pub fn url(&self) -> std::io::Result<String> {
        Ok(format!("https://localhost:{}/", self.listener.local_addr()?.port()))
    }

    pub fn answer_once(&self, licence: &str) -> Result<(), Box<dyn std::error::Error>> {
        let (socket, _) = self.listener.accept()?;
        let mut stream = self.tls.accept(socket).map_err(|error| error.to_string())?;
        let mut request = [0u8; 2048];
        let read = stream.read(&mut request)?;
        if !request[..read].starts_with(b"GET ") {
            stream.write_all(b"HTTP/1.1 405 Method Not Allowed\r\n\r\n")?;
            return Ok(());
        }
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{licence}", licence.len())?;
        stream.shutdown()?;
        Ok(())
    }
}
