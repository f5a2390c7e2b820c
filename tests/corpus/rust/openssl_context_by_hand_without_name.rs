//! Bell tower. A context of one's own checks the chain when told to, and the name never.

use std::io::Write;
use std::net::TcpStream;

use openssl::ssl::{Ssl, SslContext, SslFiletype, SslMethod, SslVerifyMode, SslVersion};

fn context() -> Result<SslContext, openssl::error::ErrorStack> {
    let mut builder = SslContext::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_3))?;
    builder.set_ca_file("towers.pem")?;
    builder.set_certificate_chain_file("ringer.pem")?;
    builder.set_private_key_file("ringer.key", SslFiletype::PEM)?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder.build())
}

pub fn ring(tower: &str, times: u8) -> Result<(), Box<dyn std::error::Error>> {
    let context = context()?;
    let mut ssl = Ssl::new(&context)?;
    ssl.set_hostname(tower)?; // SNI: says whom we want, checks nothing
    let stream = TcpStream::connect((tower, 1803))?;
    let mut stream = ssl.connect(stream)?; // expect: MTLS402
    stream.write_all(&[times])?;
    Ok(())
}
