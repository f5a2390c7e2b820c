//! Gauge readings over ntex's own servers: the address belongs to what the factory accepts with.

use std::{io, sync::Arc};

use ntex::http::{self, HttpService, Response};
use ntex::{codec::BytesCodec, io::Io, server, svc, SharedCfg};
use ntex_tls::rustls::TlsAcceptor;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;

pub async fn on_this_machine(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> io::Result<()> {
    let config = Arc::new(
        ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap(),
    );
    server::ServerBuilder::default()
        .bind("gauges", "127.0.0.1:8443", SharedCfg::new("GAUGES"), async move |_| {
            svc(TlsAcceptor::new(config.clone())).and_then(async move |io: Io<_>| {
                while let Ok(Some(reading)) = io.recv(&BytesCodec).await {
                    log::info!("{reading:?}");
                }
                Ok::<_, io::Error>(())
            })
        })?
        .workers(1)
        .run()
        .await
}

pub async fn on_the_river(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> io::Result<()> {
    let config = ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS103
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::new(Arc::new(config));
    server::build()
        .bind("river", "0.0.0.0:8444", async move |_| svc(acceptor.clone()))?
        .run()
        .await
}

pub async fn as_pages() -> io::Result<()> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("gauges.pem")?;
    builder.set_private_key_file("gauges.key", SslFiletype::PEM)?;
    let acceptor = builder.build();
    server::build()
        .bind("pages", ("localhost", 8445), SharedCfg::new("PAGES"), async move |_| {
            http::openssl(acceptor.clone(), HttpService::new(async |_| Ok::<_, io::Error>(Response::Ok().body("3.2 m"))))
        })?
        .run()
        .await
}
