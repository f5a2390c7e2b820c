//! Reference sheet generator: every mode and version in a table, none of them in use.

use std::collections::BTreeMap;

use openssl::ssl::{SslOptions, SslVerifyMode, SslVersion};

pub struct Row {
    pub mode: SslVerifyMode,
    pub meaning: &'static str,
}

pub fn modes() -> [Row; 4] {
    [
        Row { mode: SslVerifyMode::NONE, meaning: "asks nobody" },
        Row { mode: SslVerifyMode::PEER, meaning: "asks, and lets those in that have none" },
        Row { mode: SslVerifyMode::FAIL_IF_NO_PEER_CERT, meaning: "nothing without PEER" },
        Row { mode: SslVerifyMode::all(), meaning: "not what it sounds like" },
    ]
}

pub fn versions() -> BTreeMap<&'static str, SslVersion> {
    BTreeMap::from([
        ("SSLv3", SslVersion::SSL3),
        ("TLSv1", SslVersion::TLS1),
        ("TLSv1.1", SslVersion::TLS1_1),
        ("TLSv1.2", SslVersion::TLS1_2),
    ])
}

pub fn weak() -> SslOptions {
    SslOptions::ALLOW_UNSAFE_LEGACY_RENEGOTIATION | SslOptions::LEGACY_SERVER_CONNECT
}

fn main() {
    for Row { mode, meaning } in modes() {
        println!("{:#06b} {meaning}", mode.bits());
    }
    for (name, version) in versions() {
        println!("{name}: {version:?}, set_min_proto_version(Some(SslVersion::TLS1))");
    }
    println!("{:?} DEFAULT:@SECLEVEL=0 RC4-MD5", weak());
}
