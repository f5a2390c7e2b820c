//! CSI driver: gRPC without TLS, over a socket that only the kubelet can open.

use std::path::Path;

use tokio::net::UnixListener;
use tokio_stream::wrappers::UnixListenerStream;
use tonic::transport::Server;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = Path::new("/csi/csi.sock");
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    let incoming = UnixListenerStream::new(UnixListener::bind(path)?);
    let (reporter, health) = tonic_health::server::health_reporter();
    reporter.set_service_status("csi.v1.Node", tonic_health::ServingStatus::Serving).await;
    Server::builder().add_service(health).serve_with_incoming(incoming).await?;
    Ok(())
}
