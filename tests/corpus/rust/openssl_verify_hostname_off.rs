//! Meter reading: concentrators are called by address, and carry the CA's certificates.

use std::net::{IpAddr, TcpStream};
use std::time::Duration;

use anyhow::{anyhow, Result};
use openssl::ssl::{SslConnector, SslFiletype, SslMethod, SslStream, SslVersion};

pub struct Reader {
    connector: SslConnector,
}

impl Reader {
    pub fn new(dir: &str) -> Result<Reader> {
        let mut builder = SslConnector::builder(SslMethod::tls_client())?;
        builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
        builder.set_ca_file(format!("{dir}/utility-ca.pem"))?;
        builder.set_certificate_chain_file(format!("{dir}/reader.pem"))?;
        builder.set_private_key_file(format!("{dir}/reader.key"), SslFiletype::PEM)?;
        Ok(Reader { connector: builder.build() })
    }

    pub fn concentrator(&self, address: IpAddr) -> Result<SslStream<TcpStream>> {
        let tcp = TcpStream::connect((address, 4059))?;
        tcp.set_read_timeout(Some(Duration::from_secs(30)))?;
        self.connector
            .configure()?
            .use_server_name_indication(false)
            .verify_hostname(false) // expect: MTLS402
            .connect(&address.to_string(), tcp)
            .map_err(|error| anyhow!("{address}: {error}"))
    }

    pub fn backup(&self, address: IpAddr) -> Result<SslStream<TcpStream>> {
        let mut config = self.connector.configure()?;
        config.set_verify_hostname(false); // expect: MTLS402
        let tcp = TcpStream::connect((address, 4060))?;
        config.connect("", tcp).map_err(|error| anyhow!("{address}: {error}"))
    }

    pub fn head_end(&self) -> Result<SslStream<TcpStream>> {
        let host = "head-end.utility.example.com";
        let tcp = TcpStream::connect((host, 4059))?;
        self.connector.connect(host, tcp).map_err(|error| anyhow!("{host}: {error}"))
    }
}
