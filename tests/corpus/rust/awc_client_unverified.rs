//! Weather balloon ground segment: pulls pictures from boxes in the field with awc.

use std::time::Duration;

use anyhow::{anyhow, Result};
use awc::{Client, Connector};
use openssl::ssl::{SslConnector, SslFiletype, SslMethod, SslVerifyMode, SslVersion};

fn tls(identity: &str) -> Result<SslConnector> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_certificate_chain_file(format!("{identity}.pem"))?;
    builder.set_private_key_file(format!("{identity}.key"), SslFiletype::PEM)?;
    builder.set_verify_callback(SslVerifyMode::PEER, |_, _| true); // expect: MTLS401
    Ok(builder.build())
}

#[actix_web::main]
async fn main() -> Result<()> {
    let connector = Connector::new().openssl(tls("/etc/balloon/ground")?);
    let client = Client::builder().connector(connector.timeout(Duration::from_secs(20))).finish();
    for box_number in 1..=12 {
        let url = format!("https://box-{box_number}.balloon.example.com/latest.jpg");
        let mut answer = client.get(url).send().await.map_err(|error| anyhow!("{error}"))?;
        std::fs::write(format!("{box_number}.jpg"), answer.body().limit(4 << 20).await?)?;
    }
    Ok(())
}
