//! Poetry generator on one's own machine, where Rocket listens unless told otherwise.

#[macro_use]
extern crate rocket;

#[get("/poem")]
fn poem() -> &'static str {
    "roses are #f00"
}

#[launch]
fn rocket() -> _ {
    rocket::build().mount("/", routes![poem])
}
