//! Allotment waiting list: what `select!` waits for comes out of it, or goes on inside of its arms.

use std::convert::Infallible;
use std::sync::Arc;

use axum::{routing::get, Router};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;
use tokio::net::TcpListener;
use tokio::select;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

async fn plots(_: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    Ok(Response::new(Full::new(Bytes::from_static(b"plot 17 is free\n"))))
}

/// The kiosk at the gate: the answer of whatever comes first is the macro's value.
async fn kiosk(port: u16, stop: CancellationToken) -> std::io::Result<()> {
    let listener = TcpListener::bind(("0.0.0.0", port)).await?;
    loop {
        let (stream, peer) = select! {
            biased;
            _ = stop.cancelled() => break,
            answer = listener.accept() => answer?,
        };
        tracing::info!(%peer, "a visitor");
        tokio::spawn(async move {
            // expect: MTLS302
            http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(plots)).await
        });
    }
    Ok(())
}

/// The same for the shed's own screen: nobody else reaches it.
async fn screen(stop: CancellationToken) -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:8090").await?;
    while !stop.is_cancelled() {
        let socket = tokio::select! {
            answer = listener.accept(), if !stop.is_cancelled() => match answer {
                Ok((socket, _)) => socket,
                Err(error) => {
                    tracing::warn!(%error, "accept");
                    continue;
                }
            },
            else => return Ok(()),
        };
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(socket), service_fn(plots)));
    }
    Ok(())
}

/// What was accepted is told from what was asked to stop by an option.
async fn committee(stop: CancellationToken) -> anyhow::Result<()> {
    let chain = CertificateDer::pem_file_iter("committee.pem")?.collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_file("committee.key")?;
    let config = ServerConfig::builder()
        .with_no_client_auth() // expect: MTLS103
        .with_single_cert(chain, key)?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("0.0.0.0:8443").await?;
    loop {
        let accepted = futures::select_biased! {
            () = stop.cancelled() => None,
            answer = listener.accept() => Some(answer?),
        };
        let Some((socket, _)) = accepted else { break };
        let stream = acceptor.accept(socket).await?;
        http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(plots)).await?;
    }
    Ok(())
}

/// Both run at the same time; that one of them ends first makes no difference to what is open.
async fn notices(stop: CancellationToken) -> anyhow::Result<()> {
    let app = || Router::new().route("/notices", get(|| async { "no bonfires before dusk" }));
    let street = TcpListener::bind("[::]:8088").await?;
    let inside = TcpListener::bind("[::1]:8089").await?;
    select! {
        _ = axum::serve(inside, app()) => {}
        done = axum::serve(street, app()) => done?, // expect: MTLS302
        _ = stop.cancelled() => tracing::info!("closing"),
    }
    Ok(())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    tokio::try_join!(
        async { Ok(kiosk(8080, stop.clone()).await?) },
        async { Ok(screen(stop.clone()).await?) },
        committee(stop.clone()),
        notices(stop.clone()),
    )?;
    Ok(())
}
