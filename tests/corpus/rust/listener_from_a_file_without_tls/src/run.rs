use crate::api::{self, Readings};
use tokio::net::TcpListener;
use tracing::error;

pub async fn start(port: u16) {
    let readings = Readings::default();
    spawn_api(port, readings.clone());
    readings.collect().await;
}

fn spawn_api(port: u16, readings: Readings) {
    let address = format!("0.0.0.0:{port}");
    tokio::spawn(async move {
        match TcpListener::bind(&address).await {
            Ok(listener) => {
                if let Err(failure) = api::serve(listener, readings).await {
                    error!(%failure, "the interface has ended");
                }
            }
            Err(failure) => error!(%failure, %address, "taken"),
        }
    });
}
