//! The verifier is a value like any other; here one of the three asks for nothing.

use std::sync::Arc;

use anyhow::{bail, Result};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::server::{ServerConfig, WebPkiClientVerifier};
use rustls::RootCertStore;
use tokio_rustls::TlsAcceptor;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Public,
    Members,
}

impl std::str::FromStr for Access {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        Ok(match text {
            "public" => Access::Public,
            "members" => Access::Members,
            other => bail!("unknown access {other:?}"),
        })
    }
}

pub fn acceptor(access: Access, roots: RootCertStore) -> Result<TlsAcceptor> {
    let verifier = match access {
        Access::Public => WebPkiClientVerifier::no_client_auth(), // expect: MTLS103
        Access::Members => WebPkiClientVerifier::builder(Arc::new(roots)).build()?,
    };
    let chain = CertificateDer::pem_file_iter("/etc/library/tls.pem")?
        .collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file("/etc/library/tls.key")?;
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_access() {
        assert_eq!("public".parse::<Access>().unwrap(), Access::Public);
        assert!("everyone".parse::<Access>().is_err());
    }
}
