//! Sketchbook, for the one at the keyboard.

use rocket::form::Form;
use rocket::{get, launch, post, routes, FromForm};

#[derive(FromForm)]
struct Stroke {
    points: Vec<u16>,
}

#[post("/strokes", data = "<stroke>")]
fn draw(stroke: Form<Stroke>) -> String {
    stroke.points.len().to_string()
}

#[get("/")]
fn page() -> &'static str {
    "<canvas/>"
}

#[launch]
fn rocket() -> _ {
    rocket::build().mount("/", routes![page, draw])
}
