//! Two listeners, two callbacks. Both leave the library's verdict alone or narrow it.

use std::collections::HashSet;

use anyhow::Result;
use openssl::nid::Nid;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};
use openssl::x509::X509StoreContextRef;

fn base(name: &str) -> Result<SslAcceptorBuilder> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.set_certificate_chain_file(format!("/etc/pump/{name}.pem"))?;
    builder.set_private_key_file(format!("/etc/pump/{name}.key"), SslFiletype::PEM)?;
    builder.set_ca_file("/etc/pump/operators.pem")?;
    Ok(builder)
}

fn log_failure(ok: bool, context: &mut X509StoreContextRef) -> bool {
    if !ok {
        // Returning true here would let every certificate in.
        log::warn!("client certificate at depth {}: {}", context.error_depth(), context.error());
    }
    ok
}

fn common_name(context: &X509StoreContextRef) -> Option<String> {
    let cert = context.current_cert()?;
    let entry = cert.subject_name().entries_by_nid(Nid::COMMONNAME).next()?;
    entry.data().as_utf8().ok().map(|name| name.to_string())
}

/// Any operator.
pub fn readings() -> Result<SslAcceptor> {
    let mut builder = base("readings")?;
    builder.set_verify_callback(
        SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT,
        log_failure,
    );
    Ok(builder.build())
}

/// Some operators.
pub fn controls(allowed: HashSet<String>) -> Result<SslAcceptor> {
    let mut builder = base("controls")?;
    let mode = SslVerifyMode::PEER.union(SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_verify_callback(mode, move |preverified, context| {
        if !preverified {
            return false;
        }
        if context.error_depth() > 0 {
            return true;
        }
        common_name(context).is_some_and(|name| allowed.contains(&name))
    });
    Ok(builder.build())
}
