//! The same on BoringSSL, which knows no post-handshake authentication: `all()` is strict.

use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use boring::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode, SslVersion};
use boring::x509::X509Name;

fn acceptor(dir: &str) -> Result<SslAcceptor, boring::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_certificate_chain_file(format!("{dir}/tls.pem"))?;
    builder.set_private_key_file(format!("{dir}/tls.key"), SslFiletype::PEM)?;
    builder.set_ca_file(format!("{dir}/stations.pem"))?;
    builder.set_client_ca_list(X509Name::load_client_ca_file(format!("{dir}/stations.pem"))?);
    builder.set_verify(SslVerifyMode::all());
    Ok(builder.build())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let acceptor = Arc::new(acceptor("/etc/clock")?);
    let listener = TcpListener::bind("0.0.0.0:4460")?;
    for socket in listener.incoming() {
        let socket = socket?;
        let acceptor = Arc::clone(&acceptor);
        thread::spawn(move || match acceptor.accept(socket) {
            Ok(stream) => println!("{}", stream.ssl().version_str()),
            Err(error) => eprintln!("{error}"),
        });
    }
    Ok(())
}
