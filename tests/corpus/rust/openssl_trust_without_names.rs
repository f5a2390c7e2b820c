//! Observatory dome. Trust by store, names for the client's dialog, depth for good measure: and
//! the mode that all of it needs.

use anyhow::Result;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};
use openssl::x509::store::{X509Store, X509StoreBuilder};
use openssl::x509::X509;

struct Dome {
    builder: SslAcceptorBuilder,
    astronomers: Vec<X509>,
}

impl Dome {
    fn new() -> Result<Dome> {
        let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
        builder.set_certificate_chain_file("dome.pem")?;
        builder.set_private_key_file("dome.key", SslFiletype::PEM)?;
        let astronomers = X509::stack_from_pem(&std::fs::read("astronomers.pem")?)?;
        Ok(Dome { builder, astronomers })
    }

    fn store(&self) -> Result<X509Store> {
        let mut store = X509StoreBuilder::new()?;
        for cert in &self.astronomers {
            store.add_cert(cert.clone())?;
        }
        Ok(store.build())
    }

    fn finish(mut self) -> Result<SslAcceptor> {
        let store = self.store()?;
        self.builder.set_cert_store(store);
        for cert in &self.astronomers {
            self.builder.add_client_ca(cert)?;
        }
        self.builder.set_verify_depth(4);
        let mut mode = SslVerifyMode::empty();
        mode |= SslVerifyMode::PEER;
        mode |= SslVerifyMode::FAIL_IF_NO_PEER_CERT;
        self.builder.set_verify(mode);
        Ok(self.builder.build())
    }
}

pub fn acceptor() -> Result<SslAcceptor> {
    Dome::new()?.finish()
}
