//! Syslog over TLS (RFC 5425), with openssl's own context.

use std::io::Write;
use std::net::TcpStream;

use anyhow::{anyhow, Result};
use openssl::ssl::{
    Ssl, SslContext, SslContextBuilder, SslFiletype, SslMethod, SslStream, SslVerifyMode,
    SslVersion,
};

pub struct Collector {
    context: SslContext,
    host: String,
}

fn modern(mut builder: SslContextBuilder) -> Result<SslContextBuilder> {
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_certificate_chain_file("/etc/syslog/tls.pem")?;
    builder.set_private_key_file("/etc/syslog/tls.key", SslFiletype::PEM)?;
    Ok(builder)
}

impl Collector {
    /// Loads a CA, and a context that was never told to use it.
    pub fn new(host: &str) -> Result<Collector> {
        let builder = SslContextBuilder::new(SslMethod::tls_client())?; // expect: MTLS404
        let mut builder = modern(builder)?;
        builder.set_ca_file("/etc/syslog/collectors.pem")?;
        Ok(Collector { context: builder.build(), host: host.to_owned() })
    }

    pub fn verifying(host: &str) -> Result<Collector> {
        let mut builder = modern(SslContext::builder(SslMethod::tls_client())?)?;
        builder.set_ca_file("/etc/syslog/collectors.pem")?;
        builder.set_verify(SslVerifyMode::PEER);
        Ok(Collector { context: builder.build(), host: host.to_owned() })
    }

    fn connect(&self) -> Result<SslStream<TcpStream>> {
        let mut ssl = Ssl::new(&self.context)?;
        ssl.set_hostname(&self.host)?;
        ssl.param_mut().set_host(&self.host)?;
        let tcp = TcpStream::connect((self.host.as_str(), 6514))?;
        ssl.connect(tcp).map_err(|error| anyhow!("{}: {error}", self.host))
    }

    pub fn send(&self, lines: &[String]) -> Result<()> {
        let mut stream = self.connect()?;
        for line in lines {
            write!(stream, "{} {line}", line.len())?;
        }
        stream.shutdown()?;
        Ok(())
    }
}
