//! Signage players: one listener per tenant, and none of the constructors can ask for anything.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use futures::future::try_join_all;

struct Tenant {
    name: String,
    port: u16,
    chain: Vec<Vec<u8>>,
    key: Vec<u8>,
}

async fn bundled(tenant: &Tenant) -> std::io::Result<RustlsConfig> {
    RustlsConfig::from_der(tenant.chain.clone(), tenant.key.clone()).await // expect: MTLS103
}

async fn on_disk(tenant: &Tenant) -> std::io::Result<RustlsConfig> {
    let dir = format!("/srv/tenants/{}", tenant.name);
    let chain = format!("{dir}/fullchain.pem");
    RustlsConfig::from_pem_chain_file(chain, format!("{dir}/privkey.pem")).await // expect: MTLS103
}

async fn serve(tenant: Tenant, app: Router) -> std::io::Result<()> {
    let config = if tenant.chain.is_empty() { on_disk(&tenant).await? } else { bundled(&tenant).await? };
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::UNSPECIFIED, tenant.port)))?;
    axum_server::from_tcp_rustls(listener, config).serve(app.into_make_service()).await
}

pub async fn all(tenants: Vec<Tenant>, app: Router) -> std::io::Result<()> {
    try_join_all(tenants.into_iter().map(|tenant| serve(tenant, app.clone()))).await?;
    Ok(())
}
