use anyhow::{Context, Result};
use async_native_tls::TlsAcceptor;
use native_tls::Identity;
use native_tls::TlsAcceptor as NativeTlsAcceptor;

pub struct AcceptorBuilder(Identity);

impl AcceptorBuilder {
    pub fn new(pkcs12: &[u8], password: &str) -> Result<Self> {
        Ok(Self(Identity::from_pkcs12(pkcs12, password)?))
    }

    pub fn build(self) -> Result<TlsAcceptor> {
        // expect: MTLS103, MTLS201
        let acceptor = NativeTlsAcceptor::new(self.0).context("invalid certificate")?;
        Ok(acceptor.into())
    }
}
