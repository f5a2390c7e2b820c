//! Pager gateway: takes pages over TLS and hands them to the carrier.

mod carrier;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::sync::Arc;

use native_tls::{Identity, TlsAcceptor};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let identity = Identity::from_pkcs12(&std::fs::read("/etc/pager/gateway.p12")?, "")?;
    let acceptor = Arc::new(TlsAcceptor::new(identity)?); // expect: MTLS103 MTLS201
    let carrier = Arc::new(carrier::Carrier::new("pages.carrier.example")?);

    let listener = TcpListener::bind("0.0.0.0:4440")?;
    for socket in listener.incoming() {
        let socket = socket?;
        let (acceptor, carrier) = (Arc::clone(&acceptor), Arc::clone(&carrier));
        std::thread::spawn(move || {
            let stream = match acceptor.accept(socket) {
                Ok(stream) => stream,
                Err(error) => return eprintln!("{error}"),
            };
            for page in BufReader::new(stream).lines().map_while(Result::ok) {
                if let Err(error) = carrier.send(&page) {
                    eprintln!("{page:?}: {error}");
                }
            }
        });
    }
    Ok(())
}
