//! Lock gate: the callback lets two names through, of all that the waterways' CA has signed.
// corpus: profile=strict

use openssl::nid::Nid;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode, SslVersion};
use openssl::x509::verify::X509VerifyFlags;

const KEEPERS: [&str; 2] = ["lock-12", "lock-13"];

pub fn gate() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut tls = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    tls.set_min_proto_version(Some(SslVersion::TLS1_3))?;
    tls.set_certificate_chain_file("/etc/gate/tls.pem")?;
    tls.set_private_key_file("/etc/gate/tls.key", SslFiletype::PEM)?;
    tls.set_ca_file("/etc/gate/waterways.pem")?;
    tls.verify_param_mut().set_flags(X509VerifyFlags::CRL_CHECK | X509VerifyFlags::CRL_CHECK_ALL)?;
    let mode = SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT;
    tls.set_verify_callback(mode, |verified, context| {
        if !verified || context.error_depth() > 0 {
            return verified;
        }
        let Some(cert) = context.current_cert() else { return false };
        let name = cert.subject_name().entries_by_nid(Nid::COMMONNAME).next();
        let name = name.and_then(|entry| entry.data().as_utf8().ok()).map(|name| name.to_string());
        name.is_some_and(|name| KEEPERS.contains(&name.as_str()))
    });
    Ok(tls.build())
}
