use std::ops::{Deref, DerefMut};

use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod};

/// TLS settings of an endpoint. They lend the builder out, for whatever is not foreseen here.
pub struct TlsSettings {
    builder: SslAcceptorBuilder,
    choose: Option<Box<dyn ChooseCertificate>>,
}

pub struct Acceptor {
    pub acceptor: SslAcceptor,
    pub choose: Option<Box<dyn ChooseCertificate>>,
}

impl Deref for TlsSettings {
    type Target = SslAcceptorBuilder;

    fn deref(&self) -> &Self::Target {
        &self.builder
    }
}

impl DerefMut for TlsSettings {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.builder
    }
}

impl TlsSettings {
    pub fn from_files(cert: &str, key: &str) -> Result<Self, ErrorStack> {
        let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?; // expect: MTLS103
        builder.set_private_key_file(key, SslFiletype::PEM)?;
        builder.set_certificate_chain_file(cert)?;
        Ok(TlsSettings { builder, choose: None })
    }

    /// Whoever takes this one may ask for client certificates or not.
    pub fn choosing(choose: Box<dyn ChooseCertificate>) -> Result<Self, ErrorStack> {
        let builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
        Ok(TlsSettings { builder, choose: Some(choose) })
    }

    /// Nobody in sight takes this one.
    pub fn modern() -> Result<Self, ErrorStack> {
        let builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
        Ok(TlsSettings { builder, choose: None })
    }

    pub(crate) fn build(self) -> Acceptor {
        Acceptor { acceptor: self.builder.build(), choose: self.choose }
    }
}
