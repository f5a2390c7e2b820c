//! Puppet theatre bookings. The database is in the same pod, over a socket.

use postgres_native_tls::MakeTlsConnector;
use tokio_postgres::{Client, NoTls};

pub async fn local() -> Result<Client, tokio_postgres::Error> {
    let (client, connection) =
        tokio_postgres::connect("host=/run/postgresql dbname=puppets sslmode=disable", NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

pub async fn remote(url: &str, ca: &[u8]) -> anyhow::Result<Client> {
    let tls = native_tls::TlsConnector::builder()
        .add_root_certificate(native_tls::Certificate::from_pem(ca)?)
        .disable_built_in_roots(true)
        .min_protocol_version(Some(native_tls::Protocol::Tlsv12))
        .build()?;
    // sslmode=require decides that there is TLS; the connector decides what is checked.
    let (client, connection) =
        tokio_postgres::connect(&format!("{url}?sslmode=require"), MakeTlsConnector::new(tls)).await?;
    tokio::spawn(connection);
    Ok(client)
}
