//! Poetry generator for everybody.

use rocket::{get, launch, routes};

#[get("/poem/<colour>")]
fn poem(colour: &str) -> String {
    format!("roses are {colour}")
}

#[launch]
fn rocket() -> _ {
    rocket::build().mount("/", routes![poem])
}
