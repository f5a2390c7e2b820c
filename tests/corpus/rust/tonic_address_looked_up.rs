//! The address is a literal that is looked up like a name.

use std::net::ToSocketAddrs;

use tonic::transport::{Identity, Server, ServerTlsConfig};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let identity = Identity::from_pem(files::read("cert")?, files::read("key")?);
    let local = "[::1]:50051".to_socket_addrs().unwrap().next().unwrap();
    let public = "0.0.0.0:50052".to_socket_addrs()?.next().unwrap();

    let tls = ServerTlsConfig::new().identity(identity.clone());
    let preview = Server::builder().tls_config(tls)?.add_service(notes::service()).serve(local);

    let tls = ServerTlsConfig::new().identity(identity); // expect: MTLS103
    let site = Server::builder().tls_config(tls)?.add_service(notes::service()).serve(public);
    tokio::try_join!(preview, site)?;
    Ok(())
}
