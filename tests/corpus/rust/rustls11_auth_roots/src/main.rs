//! Letter boxes over TLS, as it was done in 2017.

extern crate rustls;
#[macro_use]
extern crate log;

use std::fs::File;
use std::io::BufReader;
use std::net::TcpListener;
use std::sync::Arc;

use rustls::internal::pemfile;
use rustls::{Certificate, PrivateKey, ServerConfig, ServerSession, Session};

fn certs(path: &str) -> Vec<Certificate> {
    pemfile::certs(&mut BufReader::new(File::open(path).unwrap())).unwrap()
}

fn key(path: &str) -> PrivateKey {
    pemfile::rsa_private_keys(&mut BufReader::new(File::open(path).unwrap())).unwrap().remove(0)
}

/// Postmen have certificates, the public may drop letters without one.
fn front() -> Arc<ServerConfig> {
    let mut config = ServerConfig::new();
    config.set_single_cert(certs("box.pem"), key("box.key"));
    config.set_client_auth_roots(certs("postmen.pem"), false); // expect: MTLS101
    Arc::new(config)
}

fn back() -> Arc<ServerConfig> {
    let mut config = ServerConfig::new();
    config.set_single_cert(certs("box.pem"), key("box.key"));
    config.set_client_auth_roots(certs("postmen.pem"), true);
    Arc::new(config)
}

fn main() {
    let back_config = back();
    std::thread::spawn(move || listen("0.0.0.0:4434", back_config));
    listen("0.0.0.0:4433", front());
}

fn listen(address: &str, config: Arc<ServerConfig>) {
    for stream in TcpListener::bind(address).unwrap().incoming() {
        let mut socket = stream.unwrap();
        let mut session = ServerSession::new(&config);
        while session.is_handshaking() {
            if session.read_tls(&mut socket).is_err() || session.process_new_packets().is_err() {
                break;
            }
            let _ = session.write_tls(&mut socket);
        }
        info!("{} certificates", session.get_peer_certificates().map_or(0, |c| c.len()));
    }
}
