//! Night bus positions: gRPC without TLS on the cluster's network, reflection on loopback.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use tonic::transport::Server;

mod proto {
    tonic::include_proto!("nightbus.v1");
}

#[derive(Default)]
struct Positions;

#[tonic::async_trait]
impl proto::positions_server::Positions for Positions {
    async fn latest(
        &self,
        request: tonic::Request<proto::Line>,
    ) -> Result<tonic::Response<proto::Position>, tonic::Status> {
        let line = request.into_inner();
        match line.number {
            1..=40 => Ok(tonic::Response::new(proto::Position { lat: 47.4, lon: 8.5 })),
            _ => Err(tonic::Status::not_found("no such line")),
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), tonic::transport::Error> {
    let service = proto::positions_server::PositionsServer::new(Positions);
    let debug = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 50052));
    let reflection = Server::builder().add_service(service.clone()).serve(debug);

    let anywhere = "0.0.0.0:50051".parse().unwrap();
    let public = Server::builder().add_service(service).serve(anywhere); // expect: MTLS302
    tokio::try_join!(reflection, public)?;
    Ok(())
}
