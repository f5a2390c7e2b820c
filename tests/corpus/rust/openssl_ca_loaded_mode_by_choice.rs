//! Lighthouse keepers' rota: the CA is loaded either way, whether it is asked for is said elsewhere.

use std::path::{Path, PathBuf};

use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslContext, SslFiletype, SslMethod, SslVerifyMode};

pub struct Keepers {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Keepers {
    /// Whoever runs it says whether clients have to show who they are.
    pub fn context(&self, ca: Option<&Path>, verify_client: bool) -> Result<SslContext, ErrorStack> {
        // expect: MTLS103
        let mut context = SslContext::builder(SslMethod::tls_server())?;
        context.set_certificate_chain_file(&self.certificate)?;
        context.set_private_key_file(&self.key, SslFiletype::PEM)?;
        context.set_options(openssl::ssl::SslOptions::NO_TLSV1 | openssl::ssl::SslOptions::NO_TLSV1_1);
        if let Some(ca) = ca {
            context.set_ca_file(ca)?;
            if verify_client {
                context.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
            }
        }
        Ok(context.build())
    }

    /// The visitors' side has an authority of its own, which nobody has ever been asked for.
    pub fn acceptor(&self, visitors: bool) -> Result<SslAcceptor, ErrorStack> {
        let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
        builder.set_certificate_chain_file(&self.certificate)?;
        builder.set_private_key_file(&self.key, SslFiletype::PEM)?;
        if visitors {
            builder.set_ca_file("visitors-ca.pem")?; // expect: MTLS104
        } else {
            builder.set_ca_file("keepers-ca.pem")?;
            builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
        }
        Ok(builder.build())
    }
}
