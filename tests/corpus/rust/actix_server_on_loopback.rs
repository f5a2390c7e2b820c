//! Print spooler on actix-server. Whoever sits at the machine may print.

use std::io;

use actix_server::Server;
use actix_service::{fn_service, ServiceFactoryExt as _};
use actix_tls::accept::openssl::{Acceptor, TlsStream};
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};
use tokio::net::TcpStream;

#[actix_rt::main]
async fn main() -> io::Result<()> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("spooler.pem")?;
    builder.set_private_key_file("spooler.key", SslFiletype::PEM)?;
    let tls = Acceptor::new(builder.build());
    Server::build()
        .bind("spooler", ("127.0.0.1", 6310), move || {
            tls.clone().map_err(|error| eprintln!("{error:?}")).and_then(fn_service(
                |stream: TlsStream<TcpStream>| async move {
                    println!("{:?}", stream.ssl().version_str());
                    Ok(())
                },
            ))
        })?
        .run()
        .await
}
