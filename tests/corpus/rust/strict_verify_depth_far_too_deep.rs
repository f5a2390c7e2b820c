// corpus: profile=strict
use anyhow::Result;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode, SslVersion};
use openssl::x509::verify::X509VerifyFlags;

pub fn meters() -> Result<SslAcceptorBuilder> {
    let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    acceptor.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    acceptor.set_private_key_file("/etc/meters/server.key", SslFiletype::PEM)?;
    acceptor.set_certificate_chain_file("/etc/meters/server.pem")?;
    acceptor.set_ca_file("/etc/meters/devices-ca.pem")?;
    acceptor.verify_param_mut().set_flags(X509VerifyFlags::CRL_CHECK | X509VerifyFlags::CRL_CHECK_ALL)?;
    acceptor.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    acceptor.set_verify_depth(64); // expect: MTLS603
    Ok(acceptor)
}
