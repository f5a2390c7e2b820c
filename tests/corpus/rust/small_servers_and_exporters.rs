//! Wind farm: the smallest of servers, and figures for whoever collects them.

use metrics_exporter_prometheus::PrometheusBuilder;
use tiny_http::{Response, Server, SslConfig};

pub fn forecast() {
    let server = Server::http("0.0.0.0:8000").unwrap(); // expect: MTLS302
    for request in server.incoming_requests() {
        request.respond(Response::from_string("north-west, six")).ok();
    }
}

pub fn control(certificate: Vec<u8>, private_key: Vec<u8>) {
    // expect: MTLS103
    let tls = SslConfig { certificate, private_key };
    let server = Server::https("0.0.0.0:8443", tls).unwrap();
    for request in server.incoming_requests() {
        request.respond(Response::from_string("turned")).ok();
    }
}

pub fn here() {
    let server = Server::http("127.0.0.1:8001").unwrap();
    for request in server.incoming_requests() {
        request.respond(Response::from_string("here")).ok();
    }
}

pub fn figures() -> anyhow::Result<()> {
    let listener = ([0, 0, 0, 0], 9100);
    PrometheusBuilder::new().with_http_listener(listener).install()?; // expect: MTLS302
    Ok(())
}

pub fn figures_for_the_agent(address: std::net::SocketAddr) -> anyhow::Result<()> {
    PrometheusBuilder::new().with_http_listener(([127, 0, 0, 1], 9101)).install()?;
    PrometheusBuilder::new().with_http_listener(address).install()?;
    PrometheusBuilder::new().install_recorder()?;
    Ok(())
}
