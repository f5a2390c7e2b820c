//! Line protocol of the tram depot on actix-server: acceptor services in a pipeline.

use std::io;

use actix_server::Server;
use actix_service::{fn_service, ServiceFactoryExt as _};
use actix_tls::accept::openssl::{Acceptor, TlsStream};
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

fn acceptor() -> io::Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("/etc/depot/tls.pem")?;
    builder.set_private_key_file("/etc/depot/tls.key", SslFiletype::PEM)?;
    builder.set_ca_file("/etc/depot/trams.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::CLIENT_ONCE); // expect: MTLS101
    Ok(builder.build())
}

#[actix_rt::main]
async fn main() -> io::Result<()> {
    let tls = Acceptor::new(acceptor()?);
    Server::build()
        .bind("depot", ("0.0.0.0", 7001), move || {
            tls.clone().map_err(|error| eprintln!("{error:?}")).and_then(fn_service(
                |mut stream: TlsStream<TcpStream>| async move {
                    stream.write_all(b"TRACK 4\n").await.map_err(|error| eprintln!("{error}"))
                },
            ))
        })?
        .workers(1)
        .run()
        .await
}
