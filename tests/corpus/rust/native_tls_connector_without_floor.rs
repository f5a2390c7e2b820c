//! IMAP watcher and report database, both through native-tls.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use anyhow::{Context, Result};
use native_tls::{Certificate, TlsConnector};
use postgres_native_tls::MakeTlsConnector;

fn database_tls(ca: &str) -> Result<MakeTlsConnector> {
    let ca = std::fs::read(ca).with_context(|| ca.to_owned())?;
    let connector = TlsConnector::builder() // expect: MTLS201
        .add_root_certificate(Certificate::from_pem(&ca)?)
        .disable_built_in_roots(true)
        .build()?;
    Ok(MakeTlsConnector::new(connector))
}

fn unread(host: &str, user: &str, password: &str) -> Result<usize> {
    let connector = TlsConnector::new()?; // expect: MTLS201
    let tcp = TcpStream::connect((host, 993))?;
    let stream = connector.connect(host, tcp).map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line)?;
    write!(stream.get_mut(), "a LOGIN {user} {password}\r\nb STATUS INBOX (UNSEEN)\r\n")?;
    loop {
        line.clear();
        anyhow::ensure!(stream.read_line(&mut line)? > 0, "connection closed");
        if let Some(rest) = line.strip_prefix("* STATUS INBOX (UNSEEN ") {
            return rest.trim_end().trim_end_matches(')').parse().context("UNSEEN");
        }
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let url = std::env::var("DATABASE_URL")?;
    let (client, connection) =
        tokio_postgres::connect(&url, database_tls("/etc/reports/db-ca.pem")?).await?;
    tokio::spawn(connection);
    let count = tokio::task::spawn_blocking(|| unread("imap.example.org", "reports", "-")).await??;
    client.execute("insert into unread values ($1)", &[&(count as i64)]).await?;
    Ok(())
}
