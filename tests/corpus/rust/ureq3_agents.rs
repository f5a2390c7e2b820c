//! Tide table printer with ureq 3. One switch does it all there.

use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig, TlsProvider};
use ureq::Agent;

fn agent(tls: TlsConfig) -> Agent {
    Agent::config_builder().tls_config(tls).https_only(true).build().into()
}

pub fn harbour() -> Agent {
    agent(TlsConfig::builder().disable_verification(true).build()) // expect: MTLS401
}

pub fn office(printer: bool) -> Agent {
    let builder = TlsConfig::builder().provider(TlsProvider::NativeTls).use_sni(!printer);
    let builder = builder.disable_verification(false).root_certs(RootCerts::PlatformVerifier);
    agent(builder.build())
}

pub fn institute(pem: &[u8], key: &[u8]) -> Result<Agent, ureq::Error> {
    let chain = [Certificate::from_pem(pem)?];
    let identity = ClientCert::new_with_certs(&chain, PrivateKey::from_pem(key)?);
    let tls = TlsConfig::builder().client_cert(Some(identity)).root_certs(RootCerts::WebPki);
    Ok(agent(tls.build()))
}

pub fn of_the_operator(disable_verification: bool) -> Agent {
    agent(TlsConfig::builder().disable_verification(disable_verification).build())
}
