//! Blood donors: Rocket's whole configuration is a figment, and the flag is in it.

use rocket::figment::{util::map, Figment};
use rocket::mtls::Certificate;
use rocket::{get, launch, routes, Config};

#[get("/donors/<id>")]
fn donor(nurse: Certificate<'_>, id: u64) -> String {
    format!("donor {id}, asked by {}", nurse.subject())
}

fn figment() -> Figment {
    let tls = rocket::config::TlsConfig::from_paths("donors.pem", "donors.key");
    let mutual = rocket::config::MutualTls::from_path("nurses.pem").mandatory(true);
    Config::figment()
        .merge(("address", "0.0.0.0"))
        .merge(("tls", tls.with_mutual(mutual)))
        .merge(("limits", map!["json" => 65_536]))
}

#[launch]
fn rocket() -> _ {
    rocket::custom(figment()).mount("/", routes![donor])
}
