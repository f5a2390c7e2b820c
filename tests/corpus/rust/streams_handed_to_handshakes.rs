//! A chat client over WebSockets: what is said over a connection doesn't change how it was made.

use std::io::{Read, Write};
use std::net::TcpStream;

use anyhow::{anyhow, Context, Result};
use chat_wire::{greet, greet_async, upgrade, Room};
use native_tls::{Certificate, TlsConnector, TlsStream};
use openssl::ssl::{SslConnector, SslMethod, SslStream};

fn over_native_tls(host: &str, authorities: &[std::path::PathBuf]) -> Result<TlsStream<TcpStream>> {
    let mut builder = TlsConnector::builder(); // expect: MTLS201
    for path in authorities {
        let Ok(der) = std::fs::read(path) else {
            log::warn!("{} can't be read", path.display());
            continue;
        };
        builder.add_root_certificate(Certificate::from_der(&der)?);
    }
    let connector = builder.build()?;
    let stream = TcpStream::connect((host, 443))?;
    connector.connect(host, stream).map_err(|error| anyhow!("{error}"))
}

fn over_openssl(host: &str) -> Result<SslStream<TcpStream>> {
    let connector = SslConnector::builder(SslMethod::tls_client())?.build(); // expect: MTLS201
    connector.connect(host, TcpStream::connect((host, 443))?).context("no TLS")
}

pub fn join(host: &str, room: &str) -> Result<Room> {
    let mut stream = over_native_tls(host, &["/etc/chat/ca.der".into()])?;
    upgrade(&mut stream, host, &["chat.v2"])?;
    let answer = greet(&mut stream, room)?;
    stream.write_all(answer.as_bytes())?;
    Ok(Room::new(stream))
}

pub fn listen_in(host: &str, room: &str, into: &mut Vec<u8>) -> Result<()> {
    let mut stream = over_openssl(host)?;
    upgrade(&mut stream, host, &["chat.v2"])?;
    stream.write_all(room.as_bytes())?;
    stream.read_to_end(into)?;
    Ok(())
}

/// The builder goes out of sight before anything is connected: it may get a floor there.
pub fn tuned(host: &str) -> Result<Room> {
    let mut builder = TlsConnector::builder();
    chat_wire::tune(&mut builder);
    let stream = TcpStream::connect((host, 443))?;
    let stream = builder.build()?.connect(host, stream).map_err(|error| anyhow!("{error}"))?;
    Ok(Room::new(stream))
}

/// So does the configuration of one connection.
pub fn tuned_once(host: &str) -> Result<Room> {
    let connector = SslConnector::builder(SslMethod::tls_client())?.build();
    let mut configuration = connector.configure()?;
    chat_wire::tune_openssl(&mut configuration);
    let stream = configuration.connect(host, TcpStream::connect((host, 443))?)?;
    Ok(Room::new(greet_async(stream)))
}
