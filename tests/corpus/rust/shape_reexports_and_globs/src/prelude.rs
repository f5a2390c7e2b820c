pub use std::sync::Arc;

pub use secure::rustls::pki_types::{pem::PemObject, *};
pub use secure::rustls::server::WebPkiClientVerifier as Clients;
pub use secure::rustls::{self as tls, RootCertStore as Roots};
pub use secure::TlsAcceptor as Acceptor;
