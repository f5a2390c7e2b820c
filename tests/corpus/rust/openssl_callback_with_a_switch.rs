//! Weather buoys: callbacks that say yes to everything once somebody throws a switch.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::ssl::{SslAcceptor, SslConnector, SslMethod, SslVerifyMode, SslVersion};

pub struct Options {
    pub no_verify: bool,
    pub verbose: bool,
}

fn connector() -> Result<openssl::ssl::SslConnectorBuilder, ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    Ok(builder)
}

/// What is wrong is noted down, and waved through if so wished.
pub fn probe(options: &Options, errors: Arc<Mutex<Vec<String>>>) -> Result<SslConnector, ErrorStack> {
    let mut builder = connector()?;
    let force_accept = options.no_verify;
    // expect: MTLS401
    builder.set_verify_callback(SslVerifyMode::PEER, move |preverify, context| {
        if !preverify {
            let mut errors = errors.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            errors.push(format!("depth {}: {}", context.error_depth(), context.error()));
        }
        if force_accept { true } else { preverify }
    });
    Ok(builder.build())
}

/// The short form, and the same turned round.
pub fn in_short(no_verify: bool, check: bool) -> Result<[SslConnector; 2], ErrorStack> {
    let (mut first, mut second) = (connector()?, connector()?);
    first.set_verify_callback(SslVerifyMode::PEER, move |ok, _| no_verify || ok); // expect: MTLS401
    second.set_verify_callback(SslVerifyMode::PEER, move |ok, _| match check { // expect: MTLS401
        false => true,
        true => ok,
    });
    Ok([first.build(), second.build()])
}

/// The station's own side: with the switch, anybody's certificate will do.
pub fn station(lenient: bool) -> Result<SslAcceptor, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    builder.set_ca_file("buoys-ca.pem")?;
    // expect: MTLS102
    builder.set_verify_callback(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT, move |ok, _| ok || lenient);
    Ok(builder.build())
}

/// These switches say how much is told, that more is demanded, or whom else to trust.
pub fn careful(options: &Options, paranoid: bool, pins: HashSet<Vec<u8>>) -> Result<[SslConnector; 3], ErrorStack> {
    let (mut first, mut second, mut third) = (connector()?, connector()?, connector()?);
    let verbose = options.verbose;
    first.set_verify_callback(SslVerifyMode::PEER, move |ok, context| {
        if verbose {
            eprintln!("{ok} at depth {}", context.error_depth());
        }
        ok
    });
    second.set_verify_callback(SslVerifyMode::PEER, move |ok, _| ok && !paranoid);
    third.set_verify_callback(SslVerifyMode::PEER, move |ok, context| {
        let digest = context.current_cert().and_then(|one| one.digest(MessageDigest::sha256()).ok());
        ok || digest.is_some_and(|digest| pins.contains(&digest[..]))
    });
    Ok([first.build(), second.build(), third.build()])
}
