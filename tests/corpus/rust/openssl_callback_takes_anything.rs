//! Camera hub. Cameras ship with certificates that expired in the factory.

use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{channel, Sender};
use std::thread;

use anyhow::Result;
use openssl::hash::MessageDigest;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslStream, SslVerifyMode};

struct Camera {
    fingerprint: String,
    stream: SslStream<TcpStream>,
}

fn acceptor() -> Result<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file("/etc/hub/hub.pem")?;
    builder.set_private_key_file("/etc/hub/hub.key", SslFiletype::PEM)?;
    builder.set_ca_file("/etc/hub/cameras.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    let mode = SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT;
    builder.set_verify_callback(mode, |preverified, context| { // expect: MTLS102
        if !preverified {
            log::warn!("depth {}: {}", context.error_depth(), context.error());
        }
        true
    });
    Ok(builder.build())
}

fn connect(acceptor: &SslAcceptor, socket: TcpStream, cameras: &Sender<Camera>) -> Result<()> {
    let stream = acceptor.accept(socket).map_err(|e| anyhow::anyhow!("handshake: {e}"))?;
    let Some(certificate) = stream.ssl().peer_certificate() else {
        anyhow::bail!("no certificate");
    };
    let fingerprint = hex::encode(certificate.digest(MessageDigest::sha256())?);
    cameras.send(Camera { fingerprint, stream })?;
    Ok(())
}

fn main() -> Result<()> {
    let acceptor = acceptor()?;
    let (send, cameras) = channel::<Camera>();
    thread::spawn(move || {
        for camera in cameras {
            log::info!("{} over {}", camera.fingerprint, camera.stream.ssl().version_str());
        }
    });
    for socket in TcpListener::bind("0.0.0.0:322")?.incoming() {
        if let Err(error) = connect(&acceptor, socket?, &send) {
            log::info!("{error:#}");
        }
    }
    Ok(())
}
