use std::net::TcpListener;

use letterpress::{configuration, startup};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let settings = configuration::get()?;
    let public = TcpListener::bind(format!("{}:{}", settings.host, settings.port))?;
    let proofs = TcpListener::bind(format!("0.0.0.0:{}", settings.port + 1))?;
    tokio::try_join!(startup::press(public)?, startup::proofs(proofs)?)?;
    Ok(())
}
