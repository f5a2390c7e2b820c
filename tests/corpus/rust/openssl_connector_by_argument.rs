//! Ham radio propagation: `--no-verify` takes checking away, `--no-sni` only the name in the clear.

use std::net::TcpStream;

use clap::Parser;
use openssl::ssl::{SslConnector, SslMethod, SslStream, SslVerifyMode, SslVersion};

#[derive(Parser)]
struct Options {
    host: String,
    #[arg(long)]
    no_verify: bool,
    #[arg(long)]
    no_sni: bool,
}

impl Options {
    fn connect(&self) -> Result<SslStream<TcpStream>, Box<dyn std::error::Error>> {
        let mut builder = SslConnector::builder(SslMethod::tls_client())?;
        builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
        if self.no_verify {
            builder.set_verify(SslVerifyMode::NONE); // expect: MTLS401
        }
        let configuration = builder.build().configure()?.use_server_name_indication(!self.no_sni);
        let tcp = TcpStream::connect((self.host.as_str(), 443))?;
        Ok(configuration.connect(&self.host, tcp)?)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stream = Options::parse().connect()?;
    println!("{}", stream.ssl().version_str());
    Ok(())
}
