//! Pulls configuration from switches in the field.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;
use reqwest::{tls::Version, Certificate, Client, Identity};

#[derive(Parser)]
struct Args {
    /// Switches to ask
    hosts: Vec<String>,
    #[arg(long)]
    ca: PathBuf,
    #[arg(long)]
    identity: Option<PathBuf>,
    /// Accept any certificate of the CA
    #[arg(long)]
    any_name: bool,
}

impl Args {
    fn client(&self) -> Result<Client> {
        let ca = std::fs::read(&self.ca).with_context(|| self.ca.display().to_string())?;
        let mut builder = Client::builder()
            .use_native_tls()
            .min_tls_version(Version::TLS_1_2)
            .tls_built_in_root_certs(false)
            .add_root_certificate(Certificate::from_pem(&ca)?)
            .timeout(Duration::from_secs(20));
        if let Some(path) = &self.identity {
            let der = std::fs::read(path)?;
            let password = std::env::var("IDENTITY_PASSWORD").unwrap_or_default();
            builder = builder.identity(Identity::from_pkcs12_der(&der, &password)?);
        }
        if self.any_name {
            builder = builder.danger_accept_invalid_hostnames(true); // expect: MTLS402
        }
        builder.build().context("client")
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let client = args.client()?;
    for host in &args.hosts {
        let reply = client.get(format!("https://{host}/running-config")).send().await;
        match reply.and_then(|reply| reply.error_for_status()) {
            Ok(reply) => std::fs::write(format!("{host}.cfg"), reply.bytes().await?)?,
            Err(error) => eprintln!("{host}: {error}"),
        }
    }
    Ok(())
}
