//! Same balloon, after the boxes got certificates: awc on rustls, identity included.

use std::sync::Arc;

use awc::{Client, Connector};
use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

pub fn client(dir: &str) -> Result<Client, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(format!("{dir}/boxes.pem"))? {
        roots.add(cert?)?;
    }
    // danger_accept_invalid_certs is reqwest's; here it would be a verifier of one's own
    let tls = ClientConfig::builder().with_root_certificates(roots).with_client_auth_cert(
        CertificateDer::pem_file_iter(format!("{dir}/ground.pem"))?.collect::<Result<_, _>>()?,
        PrivateKeyDer::from_pem_file(format!("{dir}/ground.key"))?,
    )?;
    let connector = Connector::new().rustls_0_23(Arc::new(tls)).limit(8);
    Ok(Client::builder().connector(connector).disable_redirects().finish())
}
