use native_tls::{Identity, Protocol, TlsAcceptor, TlsConnector};

fn identity() -> Identity {
    Identity::from_pkcs12(include_bytes!("horn.p12"), "test").unwrap()
}

#[test]
fn old_clients_are_refused() {
    let old = TlsConnector::builder()
        .max_protocol_version(Some(Protocol::Tlsv11))
        .danger_accept_invalid_certs(true)
        .build()
        .unwrap();
    let acceptor = TlsAcceptor::builder(identity()).min_protocol_version(Some(Protocol::Tlsv10)).build();
    let listener = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
    let tcp = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    assert!(acceptor.is_ok() && old.connect("localhost", tcp).is_err());
}
