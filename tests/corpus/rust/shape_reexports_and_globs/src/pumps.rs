use super::prelude::{tls::ServerConfig, *};

fn roots(path: &str) -> anyhow::Result<Arc<Roots>> {
    let mut roots = Roots::empty();
    roots.add(CertificateDer::from_pem_file(path)?)?;
    Ok(roots.into())
}

pub(crate) fn config(dir: &str) -> anyhow::Result<ServerConfig> {
    let clients = Clients::builder(roots(&format!("{dir}/pumps.pem"))?);
    let clients = clients.allow_unauthenticated().build()?; // expect: MTLS101
    let chain = vec![CertificateDer::from_pem_file(format!("{dir}/tls.pem"))?];
    let key = PrivateKeyDer::from_pem_file(format!("{dir}/tls.key"))?;
    Ok(ServerConfig::builder().with_client_cert_verifier(clients).with_single_cert(chain, key)?)
}
