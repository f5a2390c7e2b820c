//! Cable car cabins. The callback is a named function, the mode asks politely.

use std::net::{SocketAddr, TcpListener};

use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};
use openssl::x509::X509StoreContextRef;

fn anything(_preverified: bool, context: &mut X509StoreContextRef) -> bool {
    let depth = context.error_depth();
    println!("certificate at depth {depth}");
    return true;
}

fn base() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern(SslMethod::tls())?;
    builder.set_certificate_chain_file("mountain.pem")?;
    builder.set_private_key_file("mountain.key", SslFiletype::PEM)?;
    builder.set_ca_file("cabins.pem")?;
    Ok(builder)
}

fn cabins() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    builder.set_verify_callback(SslVerifyMode::PEER, anything); // expect: MTLS102
    Ok(builder.build())
}

fn summit() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = base()?;
    builder.set_verify_callback(
        SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT,
        |verdict, context| verdict && context.error_depth() < 3,
    );
    Ok(builder.build())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stations = [(7001, cabins()?), (7003, summit()?)];
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
