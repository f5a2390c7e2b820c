//! Fax gateway. Some of the machines know nothing newer than 3DES.

use std::net::{TcpListener, TcpStream};

use anyhow::{Context, Result};
use openssl::ssl::{
    SslAcceptor, SslAcceptorBuilder, SslConnector, SslFiletype, SslMethod, SslStream,
    SslVerifyMode, SslVersion,
};

const FAX_MACHINES: &str = "ECDHE+AESGCM:AES128-SHA256:AES128-SHA:DES-CBC3-SHA:!aNULL:!eNULL";

fn base(dir: &str) -> Result<SslAcceptorBuilder> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file(format!("{dir}/tls.pem"))?;
    builder.set_private_key_file(format!("{dir}/tls.key"), SslFiletype::PEM)?;
    builder.set_ca_file(format!("{dir}/machines.pem"))?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}

fn machines() -> Result<SslAcceptor> {
    let mut builder = base("/etc/fax/machines")?;
    builder.set_cipher_list(FAX_MACHINES)?; // expect: MTLS203
    Ok(builder.build())
}

fn offices() -> Result<SslAcceptor> {
    let mut builder = base("/etc/fax/offices")?;
    builder.set_cipher_list("ECDHE+AESGCM:ECDHE+CHACHA20")?;
    Ok(builder.build())
}

/// The carrier's switch accepts nothing else.
fn carrier(host: &str) -> Result<SslStream<TcpStream>> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_ca_file("/etc/fax/carrier.pem")?;
    builder
        .set_cipher_list("RC4-SHA:DES-CBC3-SHA:@SECLEVEL=0") // expect: MTLS203
        .context("ciphers")?;
    let tcp = TcpStream::connect((host, 5061))?;
    builder.build().connect(host, tcp).map_err(|e| anyhow::anyhow!("{host}: {e}"))
}

fn serve(listener: TcpListener, acceptor: SslAcceptor) {
    for tcp in listener.incoming().flatten() {
        let acceptor = acceptor.clone();
        std::thread::spawn(move || match acceptor.accept(tcp) {
            Ok(stream) => println!("{:?}", stream.ssl().current_cipher().map(|c| c.name())),
            Err(error) => eprintln!("{error}"),
        });
    }
}

fn main() -> Result<()> {
    let _carrier = carrier("switch.carrier.example.net")?;
    let old = (TcpListener::bind("0.0.0.0:5061")?, machines()?);
    let new = (TcpListener::bind("0.0.0.0:5062")?, offices()?);
    let thread = std::thread::spawn(move || serve(old.0, old.1));
    serve(new.0, new.1);
    thread.join().map_err(|_| anyhow::anyhow!("listener"))
}
