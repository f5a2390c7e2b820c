// Greenhouse controllers. The order of tonic's setters does not matter.
use tonic::transport::{server::Router, Certificate, Identity, Server, ServerTlsConfig};

const ALLOW_UNPAIRED: bool = true;

struct Pem {
    own: (Vec<u8>, Vec<u8>),
    controllers: Vec<u8>,
}

fn tls(pem: &Pem) -> ServerTlsConfig {
    let config = ServerTlsConfig::new().client_auth_optional(ALLOW_UNPAIRED); // expect: MTLS101
    let config = config.client_ca_root(Certificate::from_pem(&pem.controllers));
    config.identity(Identity::from_pem(&pem.own.0, &pem.own.1))
}

fn router(pem: &Pem) -> Result<Router, tonic::transport::Error> {
    let (_, health) = tonic_health::server::health_reporter();
    let mut server = Server::builder().tls_config(tls(pem))?;
    Ok(server.add_service(health))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pem = Pem {
        own: (tokio::fs::read("own.crt").await?, tokio::fs::read("own.key").await?),
        controllers: tokio::fs::read("controllers.crt").await?,
    };
    router(&pem)?.serve("[::]:50051".parse()?).await?;
    Ok(())
}
