//! Tide tables, begun in 2017: crates are declared, and imports begin at the crate's root.

extern crate native_tls;

mod https;
mod link;
mod settings;

use settings::Lookup;
use std::net::TcpStream;

fn main() {
    let lookup = Lookup { host: "tides.example.org".to_string(), port: 443, check_certificate: false };
    let stream = TcpStream::connect((lookup.host.as_str(), lookup.port)).expect("no harbour in sight");
    link::open(&lookup, stream).expect("no handshake");
    https::connector("/etc/tides/ca.pem").expect("no connector");
}
