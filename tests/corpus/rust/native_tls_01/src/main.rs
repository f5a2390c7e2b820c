//! Telex bridge with native-tls 0.1, which had a list of protocols.

extern crate native_tls;

use native_tls::{Pkcs12, Protocol, TlsAcceptor, TlsConnector};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

fn upstream(host: &str) -> Result<Vec<u8>, Box<std::error::Error>> {
    let mut builder = TlsConnector::builder()?;
    builder.supported_protocols(&[Protocol::Tlsv10, Protocol::Tlsv12])?; // expect: MTLS202
    let mut stream = builder.build()?.connect(host, TcpStream::connect((host, 2015))?)?;
    stream.write_all(b"WRU\r\n")?;
    let mut answer = vec![];
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

fn main() {
    let p12 = Pkcs12::from_der(&std::fs::read("telex.p12").unwrap(), "").unwrap();
    let mut builder = TlsAcceptor::builder(p12).unwrap();
    builder.supported_protocols(&[Protocol::Tlsv12]).unwrap();
    let acceptor = builder.build().unwrap();
    for socket in TcpListener::bind("127.0.0.1:2015").unwrap().incoming() {
        let mut stream = acceptor.accept(socket.unwrap()).unwrap();
        stream.write_all(&upstream("exchange.telex.example").unwrap()).unwrap();
    }
}
