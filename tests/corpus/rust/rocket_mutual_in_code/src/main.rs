//! Film archive: two Rockets, configured in code.

use rocket::config::{Config, MutualTls, TlsConfig};
use rocket::mtls::Certificate;
use rocket::{get, routes, Build, Rocket};

#[get("/reels/<number>")]
fn reel(archivist: Certificate<'_>, number: u32) -> String {
    format!("reel {number} for {}", archivist.serial())
}

#[get("/catalogue")]
fn catalogue() -> &'static str {
    "Metropolis, Nosferatu"
}

fn vault() -> Rocket<Build> {
    let mutual = MutualTls::from_path("/etc/archive/archivists.pem").mandatory(true);
    let tls = TlsConfig::from_paths("/etc/archive/tls.pem", "/etc/archive/tls.key").with_mutual(mutual);
    let config = Config {
        address: std::net::Ipv4Addr::UNSPECIFIED.into(),
        port: 8443,
        tls: Some(tls),
        ..Config::release_default()
    };
    rocket::custom(config).mount("/", routes![reel])
}

fn foyer() -> Rocket<Build> {
    let tls = TlsConfig::from_paths("/etc/archive/tls.pem", "/etc/archive/tls.key")
        .with_mutual(MutualTls::from_path("/etc/archive/visitors.pem")); // expect: MTLS101
    let figment = Config::figment()
        .merge(("address", "0.0.0.0"))
        .merge(("port", 9443))
        .merge(("tls", tls));
    rocket::custom(figment).mount("/", routes![catalogue])
}

#[rocket::main]
async fn main() -> Result<(), rocket::Error> {
    let (vault, foyer) = rocket::tokio::join!(vault().launch(), foyer().launch());
    vault.and(foyer).map(drop)
}
