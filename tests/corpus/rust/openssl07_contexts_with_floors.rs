//! openssl 0.7 once more: floors by method, by options, and by whoever calls.

extern crate hyper;
extern crate openssl;

use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use hyper::net::Openssl;
use openssl::ssl::error::SslError;
use openssl::ssl::{Ssl, SslContext, SslMethod, SslStream};
use openssl::ssl::{SSL_OP_NO_SSLV2, SSL_OP_NO_SSLV3, SSL_OP_NO_TLSV1, SSL_OP_NO_TLSV1_1};
use openssl::ssl::{SSL_VERIFY_FAIL_IF_NO_PEER_CERT, SSL_VERIFY_PEER};
use openssl::x509::X509FileType;

fn for_branches(chain: &Path, key: &Path, branches: &Path) -> Result<Openssl, SslError> {
    let mut context = try!(SslContext::new(SslMethod::Tlsv1_2));
    try!(context.set_certificate_file(chain, X509FileType::PEM));
    try!(context.set_private_key_file(key, X509FileType::PEM));
    try!(context.set_CA_file(branches));
    context.set_verify(SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, None);
    Ok(Openssl { context: Arc::new(context) })
}

fn by_options(chain: &Path, key: &Path) -> Result<Openssl, SslError> {
    let mut context = try!(SslContext::new(SslMethod::Sslv23));
    context.set_options(SSL_OP_NO_SSLV2 | SSL_OP_NO_SSLV3 | SSL_OP_NO_TLSV1 | SSL_OP_NO_TLSV1_1);
    try!(context.set_certificate_file(chain, X509FileType::PEM));
    try!(context.set_private_key_file(key, X509FileType::PEM));
    Ok(Openssl { context: Arc::new(context) })
}

fn by_settings(method: SslMethod, chain: &Path) -> Result<Openssl, SslError> {
    let mut context = try!(SslContext::new(method));
    try!(context.set_certificate_file(chain, X509FileType::PEM));
    Ok(Openssl { context: Arc::new(context) })
}

/// What a function out of sight does to it isn't known.
fn by_others(chain: &Path) -> Result<Openssl, SslError> {
    let mut context = try!(SslContext::new(SslMethod::Sslv23));
    drop_policy::harden(&mut context);
    try!(context.set_certificate_file(chain, X509FileType::PEM));
    Ok(Openssl { context: Arc::new(context) })
}

/// The chain is verified, and the name compared by hand.
fn upload(host: &str, authority: &Path) -> Result<SslStream<TcpStream>, SslError> {
    let mut context = try!(SslContext::new(SslMethod::Tlsv1_2));
    try!(context.set_CA_file(authority));
    context.set_verify(SSL_VERIFY_PEER, None);
    let ssl = try!(Ssl::new(&context));
    try!(ssl.set_hostname(host));
    let stream = try!(SslStream::connect(ssl, TcpStream::connect((host, 443)).unwrap()));
    let shown = stream.ssl().peer_certificate().expect("servers have one");
    drop_policy::compare(&shown, host);
    Ok(stream)
}

fn main() {
    let (chain, key) = (Path::new("/srv/drop/chain.crt"), Path::new("/srv/drop/own.key"));
    println!("{:?}", for_branches(chain, key, Path::new("/srv/drop/branches.crt")).is_ok());
    println!("{:?} {:?}", by_options(chain, key).is_ok(), by_others(chain).is_ok());
    let wanted = std::env::args().nth(1).map_or(SslMethod::Tlsv1_2, drop_policy::method_of);
    println!("{:?}", upload("drop.example.org", Path::new("/srv/drop/ca.crt")).is_ok());
    println!("{:?}", by_settings(wanted, chain).is_ok());
}
