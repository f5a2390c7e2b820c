//! Lighthouse log over gRPC. An interceptor believes what the sidecar is said to have written.

use tonic::service::interceptor::InterceptedService;
use tonic::transport::Server;
use tonic::{Request, Status};

fn keeper(mut request: Request<()>) -> Result<Request<()>, Status> {
    let subject = request
        .metadata()
        .get("x-forwarded-client-cert") // expect: MTLS502
        .and_then(|value| value.to_str().ok())
        .ok_or_else(|| Status::unauthenticated("no certificate"))?
        .to_owned();
    request.extensions_mut().insert(Keeper(subject));
    Ok(request)
}

#[derive(Clone)]
pub struct Keeper(pub String);

#[tokio::main]
async fn main() -> Result<(), tonic::transport::Error> {
    let (_, health) = tonic_health::server::health_reporter();
    let service = InterceptedService::new(health, keeper);
    let anywhere = "[::]:50051".parse().unwrap();
    Server::builder().add_service(service).serve(anywhere).await // expect: MTLS302
}
