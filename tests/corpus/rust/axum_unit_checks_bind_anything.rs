//! Crossroads counter. Its checks open plaintext ports; the program itself only writes a file.

use axum::{routing::get, Router};

pub fn router() -> Router {
    Router::new().route("/count", get(|| async { "17" }))
}

fn main() -> std::io::Result<()> {
    std::fs::write("/var/lib/crossroads/routes.txt", format!("{:?}", router()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::SocketAddr;

    async fn spawn() -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("0.0.0.0:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router()).await.unwrap() });
        addr
    }

    #[tokio::test]
    async fn counts() {
        let url = format!("http://{}/count", spawn().await);
        assert_eq!(reqwest::get(url).await.unwrap().text().await.unwrap(), "17");
    }
}
