//! Cable car schedules: what a switch says in the end, the settings decide that it is handed to.

use std::io::Read;

use openssl::ssl::{SslConnector, SslConnectorBuilder, SslMethod, SslVerifyMode, SslVersion};
use reqwest::Client;

/// `true` until the settings have been asked; they know better.
fn client(settings: &dyn Settings) -> reqwest::Result<Client> {
    let mut any_certificate = true;
    settings.read_switch("any-certificate", &mut any_certificate);
    Client::builder()
        .min_tls_version(reqwest::tls::Version::TLS_1_2)
        .danger_accept_invalid_certs(any_certificate)
        .build()
}

fn mode_of(settings: &dyn Settings, mode: &mut SslVerifyMode) {
    if settings.text("verify") != Some("no") {
        *mode = SslVerifyMode::PEER;
    }
}

fn connector(settings: &dyn Settings) -> anyhow::Result<SslConnectorBuilder> {
    let mut builder = SslConnector::builder(SslMethod::tls())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    let mut mode = SslVerifyMode::NONE;
    mode_of(settings, &mut mode);
    builder.set_verify(mode);
    Ok(builder)
}

/// The first byte of the file says whether it is for the bench.
fn from_file(mut file: std::fs::File) -> anyhow::Result<Client> {
    let mut head = [1u8; 4];
    file.read_exact(&mut head)?;
    Ok(Client::builder()
        .min_tls_version(reqwest::tls::Version::TLS_1_2)
        .danger_accept_invalid_hostnames(head[0] == 1)
        .build()?)
}

/// A closure finds out, and a copy says which kind it is.
fn by_closure(settings: &[&dyn Settings], kind: &[u8]) -> reqwest::Result<[Client; 2]> {
    let mut unchecked = true;
    settings.iter().for_each(|one| {
        if one.text("verify").is_some() {
            unchecked = false;
        }
    });
    let mut head = [1u8; 2];
    head.copy_from_slice(&kind[..2]);
    let mut table = [true; 4];
    table[kind.len() % 4] = settings.is_empty();
    let builder = || Client::builder().min_tls_version(reqwest::tls::Version::TLS_1_2);
    Ok([
        builder().danger_accept_invalid_certs(unchecked).build()?,
        builder().danger_accept_invalid_hostnames(head[0] == 1 || table[2]).build()?,
    ])
}

pub trait Settings {
    fn text(&self, name: &str) -> Option<&str>;
    fn read_switch(&self, name: &str, value: &mut bool);
}
