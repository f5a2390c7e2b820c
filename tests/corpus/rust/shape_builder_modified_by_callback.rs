//! A server kit whose users may change the OpenSSL builder before it is built. Ours do not say
//! anything about clients, and the kit's demand stands.

use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

type Modify = Box<dyn FnOnce(&mut SslAcceptorBuilder) -> Result<(), ErrorStack>>;

pub struct Kit {
    dir: String,
    modify: Option<Modify>,
}

impl Kit {
    pub fn new(dir: impl Into<String>) -> Self {
        Kit { dir: dir.into(), modify: None }
    }

    pub fn modify(
        mut self,
        with: impl FnOnce(&mut SslAcceptorBuilder) -> Result<(), ErrorStack> + 'static,
    ) -> Self {
        self.modify = Some(Box::new(with));
        self
    }

    pub fn acceptor(self) -> Result<SslAcceptor, ErrorStack> {
        let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
        builder.set_certificate_chain_file(format!("{}/tls.pem", self.dir))?;
        builder.set_private_key_file(format!("{}/tls.key", self.dir), SslFiletype::PEM)?;
        if let Some(modify) = self.modify {
            modify(&mut builder)?;
        }
        builder.set_ca_file(format!("{}/clients.pem", self.dir))?;
        builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
        Ok(builder.build())
    }
}

pub fn pottery() -> Result<SslAcceptor, ErrorStack> {
    Kit::new("/etc/pottery")
        .modify(|builder| {
            builder.set_alpn_protos(b"\x08http/1.1")?;
            builder.set_verify_depth(2);
            Ok(())
        })
        .acceptor()
}
