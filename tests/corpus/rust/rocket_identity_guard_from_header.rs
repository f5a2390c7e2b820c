//! Vaccination centre. The request guard believes what stands in a header.

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{get, launch, routes, Config};

struct Nurse(String);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Nurse {
    type Error = &'static str;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        match request.headers().get_one("X-Client-Cert-CN") { // expect: MTLS502
            Some(name) => Outcome::Success(Nurse(name.to_owned())),
            None => Outcome::Error((Status::Unauthorized, "no certificate")),
        }
    }
}

#[get("/doses")]
fn doses(nurse: Nurse) -> String {
    format!("40 doses, {}", nurse.0)
}

#[launch]
fn rocket() -> _ {
    let config = Config {
        address: [0, 0, 0, 0].into(),
        port: 8000,
        ..Config::release_default()
    };
    rocket::custom(config).mount("/", routes![doses]) // expect: MTLS302
}
