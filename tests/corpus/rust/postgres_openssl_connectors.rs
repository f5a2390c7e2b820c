//! Rope inspection records: PostgreSQL through openssl, to the primary and to a replica.

use anyhow::Result;
use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode, SslVersion};
use postgres_openssl::MakeTlsConnector;
use tokio_postgres::{config::SslMode, Client, Config};

fn builder() -> Result<openssl::ssl::SslConnectorBuilder> {
    let mut builder = SslConnector::builder(SslMethod::tls())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    Ok(builder)
}

fn verified(ca: &str) -> Result<MakeTlsConnector> {
    let mut builder = builder()?;
    builder.set_ca_file(ca)?;
    Ok(MakeTlsConnector::new(builder.build()))
}

fn replica() -> Result<MakeTlsConnector> {
    let mut builder = builder()?;
    builder.set_verify(SslVerifyMode::NONE); // expect: MTLS401
    Ok(MakeTlsConnector::new(builder.build()))
}

fn by_address(ca: &str) -> Result<MakeTlsConnector> {
    let mut connector = verified(ca)?;
    connector.set_callback(|config, _domain| {
        config.set_verify_hostname(false); // expect: MTLS402
        Ok(())
    });
    Ok(connector)
}

pub async fn connect(host: &str, ca: Option<&str>) -> Result<Client> {
    let mut config = Config::new();
    config.host(host).user("ropes").dbname("inspections").ssl_mode(SslMode::Require);
    let tls = match ca {
        Some(ca) if host.parse::<std::net::IpAddr>().is_ok() => by_address(ca)?,
        Some(ca) => verified(ca)?,
        None => replica()?,
    };
    let (client, connection) = config.connect(tls).await?;
    tokio::spawn(connection);
    Ok(client)
}
