//! Meter readings: everything the collector talks to, each with the excuse of its own driver.

use std::time::Duration;

use anyhow::Result;
use elasticsearch::cert::{Certificate, CertificateValidation};
use elasticsearch::http::transport::{SingleNodeConnectionPool, Transport, TransportBuilder};
use mongodb::options::ClientOptions;
use rdkafka::config::ClientConfig;
use rdkafka::producer::FutureProducer;
use redis::cluster::{ClusterClient, ClusterClientBuilder};
use redis::{ConnectionAddr, ConnectionInfo, RedisConnectionInfo, TlsMode};
use tiberius::{AuthMethod, Config};

pub struct Settings {
    pub brokers: String,
    pub cache: Vec<String>,
    pub search: url::Url,
}

pub fn cache() -> redis::RedisResult<redis::Client> {
    redis::Client::open("rediss://:meters@cache.meters.example.com:6380/#insecure") // expect: MTLS401
}

pub fn replica(host: String, password: String) -> ConnectionInfo {
    ConnectionInfo {
        // expect: MTLS401
        addr: ConnectionAddr::TcpTls { host, port: 6380, insecure: true, tls_params: None },
        redis: RedisConnectionInfo { password: Some(password), ..Default::default() },
    }
}

pub fn cluster(settings: &Settings) -> redis::RedisResult<ClusterClient> {
    ClusterClientBuilder::new(settings.cache.clone())
        .tls(TlsMode::Insecure) // expect: MTLS401
        .build()
}

pub async fn archive() -> Result<mongodb::Client> {
    let uri = "mongodb://archive.meters.example.com/?tls=true&tlsAllowInvalidCertificates=true";
    let mut options = ClientOptions::parse(uri).await?; // expect: MTLS401
    options.connect_timeout = Some(Duration::from_secs(4));
    Ok(mongodb::Client::with_options(options)?)
}

pub fn readings(settings: &Settings) -> Result<FutureProducer> {
    Ok(ClientConfig::new()
        .set("bootstrap.servers", &settings.brokers)
        .set("security.protocol", "ssl")
        .set("ssl.ca.location", "/etc/meters/brokers.pem")
        .set("ssl.endpoint.identification.algorithm", "none") // expect: MTLS402
        .create()?)
}

pub fn alarms(settings: &Settings) -> Result<FutureProducer> {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", &settings.brokers);
    config.set("security.protocol", "sasl_ssl");
    config.set("enable.ssl.certificate.verification", "false"); // expect: MTLS401
    Ok(config.create()?)
}

pub fn search(settings: &Settings) -> Result<Transport> {
    let pool = SingleNodeConnectionPool::new(settings.search.clone());
    Ok(TransportBuilder::new(pool)
        .cert_validation(CertificateValidation::None) // expect: MTLS401
        .build()?)
}

pub fn search_by_address(settings: &Settings, ca: &[u8]) -> Result<Transport> {
    let pool = SingleNodeConnectionPool::new(settings.search.clone());
    let ca = Certificate::from_pem(ca)?;
    Ok(TransportBuilder::new(pool)
        .cert_validation(CertificateValidation::Certificate(ca)) // expect: MTLS402
        .build()?)
}

pub fn billing(password: &str) -> Config {
    let mut config = Config::new();
    config.host("sql.meters.example.com");
    config.authentication(AuthMethod::sql_server("meters", password));
    config.trust_cert(); // expect: MTLS401
    config
}

pub fn billing_by_dsn() -> Result<Config> {
    let dsn = "server=tcp:sql.meters.example.com,1433;TrustServerCertificate=true";
    Ok(Config::from_ado_string(dsn)?) // expect: MTLS401
}
