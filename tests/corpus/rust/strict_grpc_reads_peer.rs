//! Bell ringing rota over gRPC: the tower asks who it is. Revocation is nobody's business yet.
// corpus: profile=strict

use tonic::transport::{Certificate, Identity, Server, ServerTlsConfig};
use tonic::{Request, Status};
use x509_parser::prelude::{FromDer, X509Certificate};

fn ringer(request: Request<()>) -> Result<Request<()>, Status> {
    let certs = request.peer_certs().ok_or_else(|| Status::unauthenticated("no certificate"))?;
    let leaf = certs.first().ok_or_else(|| Status::unauthenticated("empty chain"))?;
    let (_, leaf) = X509Certificate::from_der(leaf.as_ref())
        .map_err(|error| Status::unauthenticated(error.to_string()))?;
    let name = leaf.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
    match name {
        Some("tower captain") => Ok(request),
        _ => Err(Status::permission_denied("captains only")),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tls = ServerTlsConfig::new() // expect: MTLS205
        .identity(Identity::from_pem(std::fs::read("tower.pem")?, std::fs::read("tower.key")?))
        .client_ca_root(Certificate::from_pem(std::fs::read("ringers.pem")?)); // expect: MTLS601
    let (_, health) = tonic_health::server::health_reporter();
    let service = tonic::service::interceptor::InterceptedService::new(health, ringer);
    Server::builder().tls_config(tls)?.add_service(service).serve("0.0.0.0:50051".parse()?).await?;
    Ok(())
}
