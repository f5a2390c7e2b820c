//! A blocking server that only ever leaves its loop by an error.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;

use rustls::server::{ServerConfig, ServerConnection};

fn serve(chain: Chain, key: Key) -> Result<(), Box<dyn std::error::Error>> {
    let mut config = ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS103
        .with_single_cert(chain, key)?;
    config.max_early_data_size = 1000; // expect: MTLS204
    let config = Arc::new(config);

    let listener = TcpListener::bind("[::]:4443")?;
    loop {
        let (mut stream, _) = listener.accept()?;
        let mut connection = ServerConnection::new(config.clone())?;
        if let Err(error) = connection.complete_io(&mut stream) {
            return Err(error.into());
        }
        connection.writer().write_all(b"bye\n")?;
        connection.complete_io(&mut stream)?;
    }
}
