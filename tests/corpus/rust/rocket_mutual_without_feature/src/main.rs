//! Toy library. Rocket is built without `mtls`, and does not mind a table that it can't read.

#[rocket::get("/toys")]
fn toys() -> &'static str {
    "wooden train"
}

#[rocket::launch]
fn rocket() -> _ {
    rocket::build().mount("/", rocket::routes![toys])
}
