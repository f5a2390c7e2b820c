//! Blood bank: hospitals only, whatever they ask for.

use rocket::{get, launch, routes};

#[get("/stock/<group>")]
fn stock(group: &str) -> Option<&'static str> {
    matches!(group, "A" | "B" | "AB" | "O").then_some("12 units")
}

#[launch]
fn rocket() -> _ {
    rocket::build().mount("/", routes![stock])
}
