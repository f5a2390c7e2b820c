//! Glider tracking: callbacks on the client's side that look on, or add a reason to refuse.

use std::sync::atomic::{AtomicU64, Ordering};

use openssl::hash::MessageDigest;
use openssl::ssl::{SslConnector, SslConnectorBuilder, SslMethod, SslVerifyMode, SslVersion};

static REFUSED: AtomicU64 = AtomicU64::new(0);

fn builder() -> Result<SslConnectorBuilder, openssl::error::ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    Ok(builder)
}

pub fn counted() -> Result<SslConnector, openssl::error::ErrorStack> {
    let mut builder = builder()?;
    builder.set_verify_callback(SslVerifyMode::PEER, |verified, context| {
        if !verified {
            REFUSED.fetch_add(1, Ordering::Relaxed);
            log::warn!("{}", context.error());
        }
        verified
    });
    Ok(builder.build())
}

pub fn pinned(sha256: Vec<u8>) -> Result<SslConnector, openssl::error::ErrorStack> {
    let mut builder = builder()?;
    builder.set_verify_callback(SslVerifyMode::PEER, move |verified, context| {
        if context.error_depth() != 0 {
            return verified;
        }
        let digest = context.current_cert().and_then(|cert| cert.digest(MessageDigest::sha256()).ok());
        digest.is_some_and(|digest| *digest == *sha256)
    });
    Ok(builder.build())
}

pub fn none_is_worth_a_warning(mode: SslVerifyMode) -> Option<&'static str> {
    (mode == SslVerifyMode::NONE).then_some("SslVerifyMode::NONE: the server is not verified")
}
