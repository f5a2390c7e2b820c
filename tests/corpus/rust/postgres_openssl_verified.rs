//! Herbarium: the callback leaves out the server name, not the check of it.

use anyhow::Result;
use openssl::ssl::{SslConnector, SslFiletype, SslMethod, SslVersion};
use postgres_openssl::MakeTlsConnector;

fn tls(dir: &str) -> Result<MakeTlsConnector> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_ca_file(format!("{dir}/db-ca.pem"))?;
    builder.set_certificate_chain_file(format!("{dir}/herbarium.pem"))?;
    builder.set_private_key_file(format!("{dir}/herbarium.key"), SslFiletype::PEM)?;
    let mut connector = MakeTlsConnector::new(builder.build());
    connector.set_callback(|config, host| {
        config.set_use_server_name_indication(false);
        log::trace!("{host}: verify_hostname(false) would be another matter");
        Ok(())
    });
    Ok(connector)
}

pub async fn sheets(url: &str) -> Result<i64> {
    let (client, connection) = tokio_postgres::connect(url, tls("/etc/herbarium")?).await?;
    tokio::spawn(connection);
    Ok(client.query_one("select count(*) from sheets", &[]).await?.get(0))
}
