//! Gate control on axum-server 0.2: a whole configuration instead of paths.

use std::{fs::File, io::BufReader, sync::Arc};

use anyhow::{anyhow, Result};
use axum::{handler::post, Router};
use rustls::internal::pemfile;
use rustls::{AllowAnyAuthenticatedClient, RootCertStore, ServerConfig};

fn config() -> Result<Arc<ServerConfig>> {
    let mut wardens = RootCertStore::empty();
    wardens
        .add_pem_file(&mut BufReader::new(File::open("wardens.pem")?))
        .map_err(|()| anyhow!("wardens.pem"))?;
    let mut config = ServerConfig::new(AllowAnyAuthenticatedClient::new(wardens));
    let chain = pemfile::certs(&mut BufReader::new(File::open("gate.pem")?))
        .map_err(|()| anyhow!("gate.pem"))?;
    let key = pemfile::rsa_private_keys(&mut BufReader::new(File::open("gate.key")?))
        .map_err(|()| anyhow!("gate.key"))?
        .pop()
        .ok_or_else(|| anyhow!("no key"))?;
    config.set_single_cert(chain, key)?;
    Ok(Arc::new(config))
}

#[tokio::main]
async fn main() -> Result<()> {
    let app = Router::new().route("/open", post(|| async { "opened" }));
    axum_server::bind_rustls("0.0.0.0:3443").tls_config(config()?).serve(app).await?;
    Ok(())
}
