//! What every module here uses.

pub use rustls::server::{ServerConfig as Config, WebPkiClientVerifier as Clients};
pub use rustls::RootCertStore as Roots;
pub use tokio_rustls::TlsAcceptor as Acceptor;
