//! Ledger over gRPC. Only the mesh's proxies have certificates of this CA, so that what they say
//! of their callers is as good as said by ourselves.

use tonic::transport::{Certificate, Identity, Server, ServerTlsConfig};
use tonic::{Request, Status};

fn caller(request: Request<()>) -> Result<Request<()>, Status> {
    let certs = request.peer_certs().ok_or_else(|| Status::unauthenticated("no certificate"))?;
    let xfcc = request.metadata().get("x-forwarded-client-cert");
    match xfcc.and_then(|value| value.to_str().ok()) {
        Some(caller) => tracing::info!(caller, proxies = certs.len(), "call"),
        None => return Err(Status::permission_denied("not through the mesh")),
    }
    Ok(request)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tls = ServerTlsConfig::new()
        .identity(Identity::from_pem(std::fs::read("tls.pem")?, std::fs::read("tls.key")?))
        .client_ca_root(Certificate::from_pem(std::fs::read("proxies.pem")?));
    let (_, health) = tonic_health::server::health_reporter();
    Server::builder()
        .tls_config(tls)?
        .layer(tonic::service::interceptor(caller))
        .add_service(health)
        .serve("0.0.0.0:50051".parse()?)
        .await?;
    Ok(())
}
