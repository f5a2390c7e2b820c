//! Bird counts with poem. The header with the observer's certificate is nginx's to set.

use poem::listener::TcpListener;
use poem::web::Json;
use poem::{handler, http::StatusCode, post, Request, Route, Server};

#[handler]
fn count(request: &Request, Json(birds): Json<Vec<String>>) -> Result<StatusCode, poem::Error> {
    let observer = request
        .header("x-forwarded-client-cert") // expect: MTLS502
        .ok_or_else(|| poem::Error::from_status(StatusCode::UNAUTHORIZED))?;
    tracing::info!(observer, birds = birds.len(), "counted");
    Ok(StatusCode::CREATED)
}

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    let app = Route::new().at("/counts", post(count));
    Server::new(TcpListener::bind("0.0.0.0:3000")).run(app).await // expect: MTLS302
}
