//! Ferry whistle on actix-server and native-tls. Handlers look for a certificate that nobody
//! was asked for.

use actix_server::Server;
use actix_service::{fn_service, ServiceFactoryExt as _};
use actix_tls::accept::native_tls::{Acceptor, TlsStream};
use native_tls::{Identity, Protocol};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

async fn whistle(mut stream: TlsStream<TcpStream>) -> Result<(), ()> {
    let certificate = stream.get_ref().peer_certificate().ok().flatten();
    let answer: &[u8] = if certificate.is_some() { b"TOOT\n" } else { b"...\n" };
    stream.write_all(answer).await.map_err(drop)
}

#[actix_rt::main]
async fn main() -> std::io::Result<()> {
    let chain = std::fs::read("whistle.pem")?;
    let identity = Identity::from_pkcs8(&chain, &std::fs::read("whistle.key")?).expect("identity");
    let acceptor = native_tls::TlsAcceptor::builder(identity) // expect: MTLS103
        .min_protocol_version(Some(Protocol::Tlsv12))
        .build()
        .expect("acceptor");
    let tls = Acceptor::new(tokio_native_tls::TlsAcceptor::from(acceptor));
    Server::build()
        .bind("whistle", "0.0.0.0:7700", move || {
            tls.clone().map_err(|error| log::debug!("{error:?}")).and_then(fn_service(whistle))
        })?
        .run()
        .await
}
