//! Key cabinet. The proxy names the holder of the certificate; warp reads it as a filter.

use warp::{http::StatusCode, Filter};

async fn take(key: u16, holder: String) -> Result<impl warp::Reply, warp::Rejection> {
    tracing::info!(key, %holder, "taken");
    Ok(StatusCode::NO_CONTENT)
}

#[tokio::main]
async fn main() {
    let holder = warp::header::<String>("x-ssl-client-s-dn"); // expect: MTLS502
    let routes = warp::post().and(warp::path!("keys" / u16)).and(holder).and_then(take);
    warp::serve(routes).run(([0, 0, 0, 0], 8080)).await; // expect: MTLS302
}
