//! Parking permits in somebody else's runtime: no listener is ours, so none is in plaintext.

use axum::{routing::get, Router};

fn router() -> Router {
    Router::new().route("/permits/{plate}", get(|| async { "valid" }))
}

#[cfg(feature = "lambda")]
#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    lambda_http::run(router()).await
}

#[cfg(feature = "shuttle")]
#[shuttle_runtime::main]
async fn main() -> shuttle_axum::ShuttleAxum {
    Ok(router().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum_test::TestServer;

    #[tokio::test]
    async fn permits_are_valid() {
        let server = TestServer::builder().http_transport().build(router()).unwrap();
        server.get("/permits/ZH-1").await.assert_text("valid");
    }
}
