//! HTTP/1.0 over native-tls, enough for feeds.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use native_tls::TlsConnector;

pub struct Fetcher {
    tls: TlsConnector,
}

impl Fetcher {
    pub fn new() -> Result<Self, native_tls::Error> {
        let tls = TlsConnector::builder().request_alpns(&["http/1.0"]).build()?;
        Ok(Fetcher { tls })
    }

    pub fn get(&self, host: &str, path: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let tcp = TcpStream::connect((host, 443))?;
        let mut stream = self.tls.connect(host, tcp).map_err(|error| error.to_string())?;
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let start = answer
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .ok_or_else(|| io::Error::new(io::ErrorKind::UnexpectedEof, "no body"))?;
        Ok(answer.split_off(start + 4))
    }
}
