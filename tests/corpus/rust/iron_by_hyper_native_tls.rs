//! A status board on iron: hyper-native-tls makes its acceptor and connector with defaults.

extern crate hyper;
extern crate hyper_native_tls;
extern crate iron;

use hyper::net::HttpsConnector;
use hyper::Client;
use hyper_native_tls::native_tls::{Protocol, TlsConnector};
use hyper_native_tls::{NativeTlsClient, NativeTlsServer};
use iron::prelude::*;
use iron::status;

fn board(_: &mut Request) -> IronResult<Response> {
    Ok(Response::with((status::Ok, "all lights are green")))
}

fn probe() -> Client {
    let tls = NativeTlsClient::new().unwrap(); // expect: MTLS201
    Client::with_connector(HttpsConnector::new(tls))
}

fn modern_probe() -> Client {
    let mut builder = TlsConnector::builder();
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    let tls = NativeTlsClient::from(builder.build().unwrap());
    Client::with_connector(HttpsConnector::new(tls))
}

fn main() {
    let local = NativeTlsServer::new("/srv/board/local.p12", "board").unwrap(); // expect: MTLS201
    let preview = Iron::new(board).https("127.0.0.1:8443", local).unwrap();

    let ssl = NativeTlsServer::new("/srv/board/public.p12", "board").unwrap(); // expect: MTLS103 MTLS201
    let public = Iron::new(board).https("0.0.0.0:443", ssl).unwrap();

    println!("{:?} {:?}", probe().get("https://lamps.lan/").send().is_ok(), preview.socket);
    println!("{:?} {:?}", modern_probe().get("https://lamps.lan/").send().is_ok(), public.socket);
}
