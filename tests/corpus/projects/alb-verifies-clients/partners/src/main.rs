#[macro_use]
extern crate rocket;

#[get("/")]
fn index() -> &'static str {
    "ok"
}

#[launch]
fn rocket() -> _ {
    let figment = rocket::Config::figment().merge(("address", "0.0.0.0")).merge(("port", 8080));
    rocket::custom(figment).mount("/", routes![index])
}
