//! Cable car stations: three acceptors, one accept loop, and each with a fault of its own or none.

use std::net::{SocketAddr, TcpListener};

use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

fn base() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern(SslMethod::tls())?;
    builder.set_certificate_chain_file("mountain.pem")?;
    builder.set_private_key_file("mountain.key", SslFiletype::PEM)?;
    builder.set_ca_file("cabins.pem")?;
    Ok(builder)
}

fn cabins() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    builder.set_verify_callback(SslVerifyMode::PEER, |_, _| true); // expect: MTLS102
    Ok(builder.build())
}

fn valley() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    builder.set_verify(SslVerifyMode::PEER); // expect: MTLS101
    Ok(builder.build())
}

fn summit() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stations = [(7001, cabins()?), (7002, valley()?), (7003, summit()?)];
    let threads = stations.map(|(port, acceptor)| {
        std::thread::spawn(move || -> std::io::Result<()> {
            let listener = TcpListener::bind(SocketAddr::from(([0, 0, 0, 0], port)))?;
            for socket in listener.incoming() {
                let _ = acceptor.accept(socket?);
            }
            Ok(())
        })
    });
    for thread in threads {
        thread.join().unwrap()?;
    }
    Ok(())
}
