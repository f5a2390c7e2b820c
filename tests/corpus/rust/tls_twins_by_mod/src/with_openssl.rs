use std::sync::Arc;

use openssl::ssl::{Ssl, SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use tokio::net::TcpStream;
use tokio_openssl::SslStream;

#[derive(Clone)]
pub struct Acceptor(Arc<SslAcceptor>);

impl Acceptor {
    pub fn open(folder: &str) -> anyhow::Result<Self> {
        let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
        builder.set_certificate_chain_file(format!("{folder}/chain.pem"))?;
        builder.set_private_key_file(format!("{folder}/key.pem"), SslFiletype::PEM)?;
        builder.set_ca_file(format!("{folder}/senders.pem"))?;
        builder.set_verify(SslVerifyMode::PEER); // expect: MTLS101
        Ok(Self(Arc::new(builder.build())))
    }

    pub async fn handshake(&self, stream: TcpStream) -> anyhow::Result<SslStream<TcpStream>> {
        let mut stream = SslStream::new(Ssl::new(self.0.context())?, stream)?;
        std::pin::Pin::new(&mut stream).accept().await?;
        Ok(stream)
    }
}
