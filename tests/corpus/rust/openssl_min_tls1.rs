//! Terminal server for card readers from 2012.

use std::io::Write;
use std::net::TcpListener;

use openssl::error::ErrorStack;
use openssl::ssl::{
    SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode, SslVersion,
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Generation {
    Mk1,
    Mk2,
}

fn common(generation: Generation) -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls())?;
    match generation {
        Generation::Mk1 => {
            builder.set_min_proto_version(Some(SslVersion::TLS1))?; // expect: MTLS202
            builder.set_max_proto_version(Some(SslVersion::TLS1_2))?;
        }
        Generation::Mk2 => builder.set_min_proto_version(Some(SslVersion::TLS1_2))?,
    }
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_ca_file("/opt/terminal/readers.pem")?;
    Ok(builder)
}

fn acceptor(generation: Generation) -> Result<SslAcceptor, ErrorStack> {
    let mut builder = common(generation)?;
    builder.set_private_key_file("/opt/terminal/server.key", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("/opt/terminal/server.pem")?;
    Ok(builder.build())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let generation = match std::env::args().nth(1).as_deref() {
        Some("mk1") => Generation::Mk1,
        _ => Generation::Mk2,
    };
    let acceptor = acceptor(generation)?;
    let listener = TcpListener::bind("0.0.0.0:5696")?;
    for socket in listener.incoming() {
        match acceptor.accept(socket?) {
            Ok(mut stream) => stream.write_all(b"HELLO\r\n")?,
            Err(error) => eprintln!("{generation:?}: {error}"),
        }
    }
    Ok(())
}
