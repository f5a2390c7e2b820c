//! Telescope queue. Two settings that read well and stop the program.

use native_tls::{Identity, Protocol, TlsAcceptor};
use tokio_postgres::{Client, NoTls};

pub fn acceptor(pkcs12: &[u8], password: &str) -> native_tls::Result<TlsAcceptor> {
    let identity = Identity::from_pkcs12(pkcs12, password)?;
    TlsAcceptor::builder(identity) // expect: MTLS103
        .min_protocol_version(Some(Protocol::Tlsv13)) // expect: MTLS902
        .build()
}

/// libpq has this mode. tokio-postgres gives an error at the first connection.
pub async fn targets() -> Result<Client, tokio_postgres::Error> {
    let dsn = "host=db.observatory.example.com user=queue sslmode=verify-full";
    let (client, connection) = tokio_postgres::connect(dsn, NoTls).await?; // expect: MTLS902
    tokio::spawn(connection);
    Ok(client)
}

pub async fn archive(tls: postgres_native_tls::MakeTlsConnector) -> Result<Client, tokio_postgres::Error> {
    let dsn = "host=db.observatory.example.com user=archive sslmode=require";
    let (client, connection) = tokio_postgres::connect(dsn, tls).await?;
    tokio::spawn(connection);
    Ok(client)
}
