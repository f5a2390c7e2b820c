//! Choir rehearsal plan. The names of the headers are constants, the listener is anybody's.

use axum::extract::FromRequestParts;
use axum::http::{request::Parts, HeaderName, StatusCode};
use axum::{routing::get, Router};

const VERIFY: &str = "X-SSL-Client-Verify";
static SUBJECT: HeaderName = HeaderName::from_static("x-ssl-client-s-dn");

pub struct Singer(String);

impl<S: Send + Sync> FromRequestParts<S> for Singer {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, StatusCode> {
        let verified = parts.headers.get(VERIFY).map(|value| value.as_bytes()); // expect: MTLS502
        if verified != Some(b"SUCCESS") {
            return Err(StatusCode::FORBIDDEN);
        }
        parts
            .headers
            .get(&SUBJECT) // expect: MTLS502
            .and_then(|subject| subject.to_str().ok())
            .map(|subject| Singer(subject.to_owned()))
            .ok_or(StatusCode::UNAUTHORIZED)
    }
}

async fn plan(Singer(name): Singer) -> String {
    format!("{name}: Thursday, 19:00")
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/plan", get(plan));
    let listener = tokio::net::TcpListener::bind("0.0.0.0:3000").await?;
    axum::serve(listener, app).await // expect: MTLS302
}
