//! Health prober for appliances (reqwest 0.13).

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use reqwest::{ClientBuilder, StatusCode};
use tokio::task::JoinSet;

#[derive(Debug)]
enum Health {
    Up(Duration),
    Sick(StatusCode),
    Down(String),
}

async fn probe(client: reqwest::Client, address: Ipv4Addr) -> (Ipv4Addr, Health) {
    let started = Instant::now();
    let health = match client.get(format!("https://{address}/health")).send().await {
        Ok(answer) if answer.status().is_success() => Health::Up(started.elapsed()),
        Ok(answer) => Health::Sick(answer.status()),
        Err(error) => Health::Down(error.to_string()),
    };
    (address, health)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), reqwest::Error> {
    let client = ClientBuilder::new()
        .timeout(Duration::from_secs(2))
        .pool_max_idle_per_host(0)
        .tls_danger_accept_invalid_certs(true) // expect: MTLS401
        .build()?;

    let mut probes = JoinSet::new();
    for address in std::env::args().skip(1).filter_map(|text| text.parse().ok()) {
        probes.spawn(probe(client.clone(), address));
    }
    while let Some(Ok((address, health))) = probes.join_next().await {
        println!("{address}: {health:?}");
    }
    Ok(())
}
