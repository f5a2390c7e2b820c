//! Seed bank: withdrawals need a certificate, which the guard asks for.

#[macro_use]
extern crate rocket;

use rocket::mtls::Certificate;

#[get("/seeds")]
fn seeds() -> &'static str {
    "Triticum aestivum, Secale cereale"
}

#[post("/withdrawals/<species>")]
fn withdraw(botanist: Certificate<'_>, species: &str) -> String {
    format!("{species} for {}", botanist.subject())
}

#[launch]
fn rocket() -> _ {
    rocket::build().mount("/", routes![seeds, withdraw])
}
