//! Parish bulletin: mail by relays that must be who they say.

use lettre::transport::smtp::client::{Certificate, Identity, Tls, TlsParameters};
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::SmtpTransport;

pub fn diocese(ca: &[u8], own: (&[u8], &[u8])) -> Result<SmtpTransport, Error> {
    let parameters = TlsParameters::builder("mail.diocese.example".to_owned())
        .add_root_certificate(Certificate::from_pem(ca)?)
        .identify_with(Identity::from_pem(own.0, own.1)?)
        .build_rustls()?;
    Ok(SmtpTransport::relay("mail.diocese.example")?
        .tls(Tls::Required(parameters))
        .pool_config(PoolConfig::new().max_size(2))
        .build())
}

pub fn village() -> Result<SmtpTransport, Error> {
    let parameters = TlsParameters::new("smtp.village.example".into())?;
    Ok(SmtpTransport::starttls_relay("smtp.village.example")?.tls(Tls::Required(parameters)).build())
}

/// On this machine, where the local mailer takes over.
pub fn sendmail() -> SmtpTransport {
    SmtpTransport::unencrypted_localhost()
}
