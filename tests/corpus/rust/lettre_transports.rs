//! Newsletter of the astronomy club: three relays, three ideas of what to check.

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters, TlsVersion};
use lettre::{AsyncSmtpTransport, SmtpTransport, Tokio1Executor};

pub fn backup_relay() -> Result<SmtpTransport, lettre::transport::smtp::Error> {
    let tls = TlsParameters::builder("mx2.club.example".to_owned())
        .dangerous_accept_invalid_certs(true) // expect: MTLS401
        .build()?;
    Ok(SmtpTransport::relay("mx2.club.example")?.tls(Tls::Required(tls)).build())
}

pub fn campus_relay(ca: &[u8]) -> Result<SmtpTransport, lettre::transport::smtp::Error> {
    let tls = TlsParameters::builder("smtp".to_owned())
        .add_root_certificate(Certificate::from_pem(ca)?)
        .dangerous_accept_invalid_hostnames(true) // expect: MTLS402
        .build()?;
    Ok(SmtpTransport::starttls_relay("smtp")?.tls(Tls::Required(tls)).build())
}

pub fn main_relay(
    credentials: Credentials,
) -> Result<AsyncSmtpTransport<Tokio1Executor>, lettre::transport::smtp::Error> {
    let tls = TlsParameters::builder("mx1.club.example".to_owned())
        .set_min_tls_version(TlsVersion::Tlsv12)
        .dangerous_accept_invalid_certs(false)
        .build()?;
    Ok(AsyncSmtpTransport::<Tokio1Executor>::relay("mx1.club.example")?
        .tls(Tls::Wrapper(tls))
        .credentials(credentials)
        .build())
}
