//! Meter readings, as they ought to be: nothing said where the default verifies, or said rightly.

use anyhow::Result;
use elasticsearch::cert::{Certificate, CertificateValidation};
use elasticsearch::http::transport::{SingleNodeConnectionPool, Transport, TransportBuilder};
use mysql_async::{OptsBuilder, SslOpts};
use rdkafka::config::ClientConfig;
use rdkafka::producer::FutureProducer;
use redis::{Client, ClientTlsConfig, TlsCertificates};
use sqlx::postgres::{PgConnectOptions, PgPool, PgSslMode};
use tiberius::Config;

pub fn cache(client_cert: Vec<u8>, client_key: Vec<u8>, ca: Vec<u8>) -> redis::RedisResult<Client> {
    let client_tls = Some(ClientTlsConfig { client_cert, client_key });
    let certificates = TlsCertificates { client_tls, root_cert: Some(ca) };
    Client::build_with_tls("rediss://cache.meters.example.com:6380/", certificates)
}

pub fn local_cache() -> redis::RedisResult<Client> {
    // A comment may say #insecure or TlsMode::Insecure as often as it likes.
    Client::open("redis://127.0.0.1:6379/0")
}

pub async fn archive() -> Result<mongodb::Client> {
    let uri = "mongodb://archive.meters.example.com/?tls=true&tlsAllowInvalidCertificates=false";
    Ok(mongodb::Client::with_uri_str(uri).await?)
}

pub fn readings(brokers: &str, verify: &str) -> Result<FutureProducer> {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", brokers).set("security.protocol", "ssl");
    config.set("enable.ssl.certificate.verification", verify);
    config.set("ssl.endpoint.identification.algorithm", "https");
    Ok(config.create()?)
}

pub fn search(url: url::Url, ca: &[u8]) -> Result<Transport> {
    let ca = Certificate::from_pem(ca)?;
    Ok(TransportBuilder::new(SingleNodeConnectionPool::new(url))
        .cert_validation(CertificateValidation::Full(ca))
        .build()?)
}

pub fn billing() -> Config {
    let mut config = Config::new();
    config.host("sql.meters.example.com");
    config.trust_cert_ca("/etc/meters/sql.pem");
    config
}

pub fn legacy(options: OptsBuilder) -> OptsBuilder {
    let tls = SslOpts::default()
        .with_root_certs(vec![std::path::Path::new("/etc/meters/mysql.pem").into()])
        .with_danger_accept_invalid_certs(false);
    options.ssl_opts(tls)
}

pub async fn meters(url: &str) -> Result<PgPool> {
    Ok(PgPool::connect(url).await?)
}

pub async fn customers() -> Result<PgPool> {
    let options = PgConnectOptions::new()
        .host("db.meters.example.com")
        .ssl_mode(PgSslMode::VerifyFull)
        .ssl_root_cert("/etc/meters/db.pem");
    Ok(PgPool::connect_with(options).await?)
}

/// The database on this machine, reached over loopback.
pub async fn scratch() -> Result<PgPool> {
    Ok(PgPool::connect("postgres://meters@localhost/scratch?sslmode=require").await?)
}

pub async fn cluster() -> Result<kube::Client> {
    let mut config = kube::Config::infer().await?;
    config.accept_invalid_certs = false;
    Ok(kube::Client::try_from(config)?)
}

pub fn firmware(url: &str) -> Result<Vec<u8>, curl::Error> {
    let mut body = Vec::new();
    let mut easy = curl::easy::Easy::new();
    easy.url(url)?;
    easy.ssl_verify_peer(true)?;
    easy.ssl_verify_host(true)?;
    let mut transfer = easy.transfer();
    transfer.write_function(|data| {
        body.extend_from_slice(data);
        Ok(data.len())
    })?;
    transfer.perform()?;
    drop(transfer);
    Ok(body)
}
