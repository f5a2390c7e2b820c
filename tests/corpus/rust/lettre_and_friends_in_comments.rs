//! Contact form. Nothing is switched off, though much is said about it:
//! `dangerous_accept_invalid_certs(true)`, `disable_verification(true)`, `sslmode=require`.

use lettre::message::Mailbox;
use lettre::{Message, SmtpTransport, Transport};

const HELP: &str = "set SMTP_URL, e.g. smtps://user:secret@mail.example.com:465; \
                    never use danger_accept_invalid_certs(true) or ?sslmode=require without a CA";

/// ```no_run
/// let tls = TlsParameters::builder(host).dangerous_accept_invalid_certs(true).build()?;
/// ```
pub fn send(from: Mailbox, to: Mailbox, text: String) -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::var("SMTP_URL").map_err(|_| HELP)?;
    let mailer = SmtpTransport::from_url(&url)?.build();
    let message = Message::builder()
        .from(from)
        .to(to)
        .subject("Contact form: danger_accept_invalid_hostnames(true)")
        .body(text)?;
    // let agent = ureq::tls::TlsConfig::builder().disable_verification(true);
    mailer.send(&message)?;
    Ok(())
}
