use super::routes::{router, Readings};
use tokio::net::TcpListener;

pub async fn serve(listener: TcpListener, readings: Readings) -> std::io::Result<()> {
    axum::serve(listener, router(readings)).await // expect: MTLS302
}
