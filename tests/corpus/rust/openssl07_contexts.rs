//! A file drop of the days of openssl 0.7 and hyper 0.9: contexts were built in place.

extern crate hyper;
extern crate openssl;

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;

use hyper::net::Openssl;
use openssl::ssl::error::SslError;
use openssl::ssl::{Ssl, SslContext, SslMethod, SslStream};
use openssl::ssl::{SSL_OP_NO_SSLV2, SSL_OP_NO_SSLV3, SSL_VERIFY_NONE};
use openssl::x509::X509FileType;

fn secured(chain: &Path, key: &Path) -> Result<Openssl, SslError> {
    let mut context = try!(SslContext::new(SslMethod::Sslv23)); // expect: MTLS201
    try!(context.set_cipher_list("DEFAULT"));
    context.set_options(SSL_OP_NO_SSLV2 | SSL_OP_NO_SSLV3);
    try!(context.set_certificate_chain_file(chain, X509FileType::PEM));
    try!(context.set_private_key_file(key, X509FileType::PEM));
    context.set_verify(SSL_VERIFY_NONE, None);
    Ok(Openssl { context: Arc::new(context) })
}

fn for_old_scanners(chain: &Path, key: &Path) -> Result<Openssl, SslError> {
    let mut context = try!(SslContext::new(SslMethod::Tlsv1)); // expect: MTLS202
    try!(context.set_certificate_file(chain, X509FileType::PEM));
    try!(context.set_private_key_file(key, X509FileType::PEM));
    Ok(Openssl { context: Arc::new(context) })
}

struct Uploader(SslContext);

impl Default for Uploader {
    fn default() -> Uploader {
        Uploader(SslContext::new(SslMethod::Sslv23).unwrap()) // expect: MTLS201 MTLS404
    }
}

impl Uploader {
    fn connect(&self, host: &str) -> Result<SslStream<TcpStream>, SslError> {
        let ssl = try!(Ssl::new(&self.0));
        try!(ssl.set_hostname(host));
        SslStream::connect(ssl, TcpStream::connect((host, 443)).unwrap())
    }
}

fn serve_one(listener: TcpListener) -> Result<(), SslError> {
    let context = try!(SslContext::new(SslMethod::Tlsv1_2)); // expect: MTLS103
    let (stream, _) = listener.accept().unwrap();
    let mut stream = try!(SslStream::accept(&context, stream));
    std::io::copy(&mut stream, &mut std::io::sink()).unwrap();
    Ok(())
}

fn main() {
    println!("{:?}", Uploader::default().connect("drop.example.org").is_ok());
    println!("{:?}", serve_one(TcpListener::bind("0.0.0.0:8990").unwrap()).is_ok());
    let (chain, key) = (Path::new("/srv/drop/chain.crt"), Path::new("/srv/drop/own.key"));
    println!("{:?} {:?}", secured(chain, key).is_ok(), for_old_scanners(chain, key).is_ok());
}
