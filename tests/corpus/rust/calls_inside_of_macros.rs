//! Star map: clients that are made where macros take them, which is code like any other.

use std::time::Duration;

use anyhow::{ensure, Result};
use reqwest::{Client, ClientBuilder};

fn base() -> ClientBuilder {
    Client::builder().timeout(Duration::from_millis(900))
}

pub fn pool() -> Result<Vec<Client>> {
    Ok(vec![
        base().https_only(true).build()?,
        base().danger_accept_invalid_certs(true).build()?, // expect: MTLS401
    ])
}

pub async fn both(url: &str) -> Result<usize> {
    let (first, second) = tokio::try_join!(
        base().build()?.get(url).send(),
        base().danger_accept_invalid_certs(true).build()?.get(url).send(), // expect: MTLS401
    )?;
    ensure!(first.status() == second.status(), "{} is not {}", first.status(), second.status());
    Ok(first.headers().len())
}

pub fn said() -> String {
    format!("{}", stringify!(base().danger_accept_invalid_certs(true)))
}
