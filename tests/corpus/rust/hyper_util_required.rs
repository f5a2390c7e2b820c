//! Plain hyper with hyper-util: raw TCP listener, TLS on top, client certificates required.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{body::Incoming, service::service_fn, Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::pki::load;

mod pki {
    use super::*;
    use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
    use rustls::server::{danger::ClientCertVerifier, *};
    use rustls::*;

    fn verifier(path: &str) -> Result<Arc<dyn ClientCertVerifier>> {
        let mut store = RootCertStore::empty();
        for cert in CertificateDer::pem_file_iter(path).context("CA file")? {
            store.add(cert?)?;
        }
        let builder = WebPkiClientVerifier::builder(Arc::new(store));
        builder.clear_root_hint_subjects().build().map_err(Into::into)
    }

    pub fn load(dir: &str) -> Result<TlsAcceptor> {
        let config = ServerConfig::builder()
            .with_client_cert_verifier(verifier(&format!("{dir}/callers.pem"))?)
            .with_single_cert(
                CertificateDer::pem_file_iter(format!("{dir}/tls.pem"))?
                    .collect::<Result<Vec<_>, _>>()?,
                PrivateKeyDer::from_pem_file(format!("{dir}/tls.key"))?,
            )?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

async fn hello(request: Request<Incoming>, callers: usize) -> Result<Response<Full<Bytes>>, Infallible> {
    let text = format!("{} {} ({callers} certificates)\n", request.method(), request.uri().path());
    Ok(Response::new(Full::new(Bytes::from(text))))
}

async fn run(addr: SocketAddr, acceptor: TlsAcceptor) -> Result<()> {
    let listener = TcpListener::bind(addr).await?;
    loop {
        let (tcp, peer) = listener.accept().await?;
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let stream = match acceptor.accept(tcp).await {
                Ok(stream) => stream,
                Err(error) => return tracing::info!(%peer, %error, "refused"),
            };
            let callers = stream.get_ref().1.peer_certificates().map_or(0, <[_]>::len);
            let service = service_fn(move |request| hello(request, callers));
            let served = Builder::new(TokioExecutor::new())
                .serve_connection(TokioIo::new(stream), service)
                .await;
            if let Err(error) = served {
                tracing::debug!(%peer, %error, "connection");
            }
        });
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let acceptor = load("/etc/hello")?;
    run(SocketAddr::from(([0, 0, 0, 0], 8443)), acceptor).await
}
