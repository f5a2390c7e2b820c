//! Explains TLS settings to operators. Nothing in here opens a socket.
//!
//! The dangerous ones are `with_no_client_auth()`, `allow_unauthenticated()`,
//! `SslVerifyMode::NONE`, `danger_accept_invalid_certs(true)` and `SslVersion::TLS1`:
//!
//! ```no_run
//! let config = rustls::ServerConfig::builder()
//!     .with_no_client_auth()
//!     .with_single_cert(chain, key)?;
//! axum::serve(tokio::net::TcpListener::bind("0.0.0.0:80").await?, app).await?;
//! ```

use std::fmt::Write as _;

use openssl::ssl::{SslVerifyMode, SslVersion};
use rustls::ProtocolVersion;

/* A block comment, nested /* like this */, may hold code as well:
   HttpServer::new(|| App::new()).bind("0.0.0.0:8080")?.run().await?;
   builder.set_verify(SslVerifyMode::PEER);
*/

macro_rules! advice {
    ($($call:literal => $text:literal),+ $(,)?) => {
        const ADVICE: &[(&str, &str)] = &[$(($call, $text)),+];
    };
}

advice! {
    ".with_no_client_auth()" => "no client certificate is asked for",
    ".allow_unauthenticated()" => "clients without a certificate get in",
    "builder.set_verify(SslVerifyMode::PEER)" => "the same, for OpenSSL",
    "danger_accept_invalid_certs(true)" => "the server is not verified",
    "RustlsConfig::from_pem_file(cert, key)" => "can not ask for client certificates",
}

const SAMPLE: &str = r#"
    let verifier = WebPkiClientVerifier::builder(roots).allow_unauthenticated().build()?;
    let acceptor = native_tls::TlsAcceptor::builder(identity).build()?;
    impl ClientCertVerifier for Anybody {
        fn verify_client_cert(&self) -> R { Ok(ClientCertVerified::assertion()) }
    }
"#;

/// Is this mode one that refuses clients without a certificate?
pub fn refuses_anonymous(mode: SslVerifyMode) -> bool {
    mode != SslVerifyMode::NONE
        && mode.contains(SslVerifyMode::PEER)
        && mode.contains(SslVerifyMode::FAIL_IF_NO_PEER_CERT)
}

pub fn legacy(version: SslVersion) -> bool {
    version == SslVersion::SSL3 || version == SslVersion::TLS1 || version == SslVersion::TLS1_1
}

pub fn name(version: ProtocolVersion) -> &'static str {
    match version {
        ProtocolVersion::SSLv3 | ProtocolVersion::TLSv1_0 | ProtocolVersion::TLSv1_1 => "legacy",
        ProtocolVersion::TLSv1_2 => "TLS 1.2",
        ProtocolVersion::TLSv1_3 => "TLS 1.3",
        _ => "unknown",
    }
}

pub fn manual() -> String {
    let mut text = String::from("What to look for\n");
    for (call, meaning) in ADVICE {
        let _ = writeln!(text, "  {call:<44} {meaning}");
    }
    text.push_str(SAMPLE);
    text.push_str(stringify!(builder.set_verify(SslVerifyMode::NONE)));
    log::debug!("set_verify(SslVerifyMode::NONE) and {} more", ADVICE.len());
    text
}
