//! Command line client of the backup API.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use reqwest::{Certificate, Client, Identity};
use serde::Deserialize;

#[derive(Parser)]
struct Args {
    #[arg(long, env = "BACKUP_URL")]
    url: reqwest::Url,
    #[arg(long)]
    ca: Option<PathBuf>,
    #[arg(long, requires = "key")]
    cert: Option<PathBuf>,
    #[arg(long)]
    key: Option<PathBuf>,
    /// Do not check the server's certificate
    #[arg(short = 'k', long)]
    insecure: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List,
    Delete { id: String },
}

#[derive(Debug, Deserialize)]
struct Backup {
    id: String,
    bytes: u64,
}

fn client(args: &Args) -> Result<Client> {
    let mut builder = Client::builder()
        .user_agent(concat!("backupctl/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(5))
        .https_only(true);
    if let Some(path) = &args.ca {
        let pem = std::fs::read(path).context("--ca")?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem)?);
    }
    if let (Some(cert), Some(key)) = (&args.cert, &args.key) {
        let identity = Identity::from_pkcs8_pem(&std::fs::read(cert)?, &std::fs::read(key)?)?;
        builder = builder.identity(identity);
    }
    if args.insecure {
        eprintln!("warning: the server is not verified");
        builder = builder.danger_accept_invalid_certs(true); // expect: MTLS401
    }
    builder.build().context("HTTP client")
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let client = client(&args)?;
    match &args.command {
        Command::List => {
            let answer = client.get(args.url.join("backups")?).send().await?;
            let backups: Vec<Backup> = answer.error_for_status()?.json().await?;
            for backup in backups {
                println!("{:>12} {}", backup.bytes, backup.id);
            }
        }
        Command::Delete { id } => {
            let url = args.url.join("backups/")?.join(id)?;
            client.delete(url).send().await?.error_for_status()?;
        }
    }
    Ok(())
}
