//! Stage lights: what clients meet is the operator's choice, and can't be told from here.

use std::path::PathBuf;

use clap::Parser;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

#[derive(Debug, Parser)]
pub struct Options {
    #[arg(long, default_value = "/etc/lights")]
    pub dir: PathBuf,
    /// Refuse consoles without a certificate
    #[arg(long)]
    pub strict: bool,
}

pub fn acceptor(options: &Options) -> Result<SslAcceptorBuilder, openssl::error::ErrorStack> {
    let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    acceptor.set_certificate_chain_file(options.dir.join("lights.pem"))?;
    acceptor.set_private_key_file(options.dir.join("lights.key"), SslFiletype::PEM)?;
    acceptor.set_ca_file(options.dir.join("consoles.pem"))?;

    let mut mode = SslVerifyMode::PEER;
    mode.set(SslVerifyMode::FAIL_IF_NO_PEER_CERT, options.strict);
    acceptor.set_verify(mode);
    Ok(acceptor)
}
