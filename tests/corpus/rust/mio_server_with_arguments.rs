//! Echo server after rustls' own sample: `--auth` names a CA, `--require-auth` insists.

use std::sync::Arc;

use clap::Parser;
use rustls::pki_types::{pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;

#[derive(Debug, Parser)]
pub struct Args {
    /// Enable client authentication, and accept certificates signed by those in this file
    #[clap(long, value_name = "CAFILE")]
    auth: Option<String>,
    /// Send a fatal alert if the client does not complete client authentication
    #[clap(long, requires = "auth")]
    require_auth: bool,
    #[clap(long, value_name = "CRLFILE")]
    crl: Vec<String>,
    #[clap(long)]
    certs: String,
    #[clap(long)]
    key: String,
    #[clap(long)]
    tickets: bool,
    #[clap(long, default_value_t = 0)]
    max_early_data: u32,
}

pub fn make_config(args: &Args) -> Arc<rustls::ServerConfig> {
    let client_auth = if let Some(auth) = &args.auth {
        let mut client_auth_roots = RootCertStore::empty();
        for root in CertificateDer::pem_file_iter(auth).expect("cannot open CA file") {
            client_auth_roots.add(root.unwrap()).unwrap();
        }
        let crls = args.crl.iter().map(|path| CertificateRevocationListDer::from_pem_file(path).unwrap());
        if args.require_auth {
            WebPkiClientVerifier::builder(client_auth_roots.into())
                .with_crls(crls)
                .build()
                .unwrap()
        } else {
            WebPkiClientVerifier::builder(client_auth_roots.into())
                .with_crls(crls)
                .allow_unauthenticated() // expect: MTLS101
                .build()
                .unwrap()
        }
    } else {
        WebPkiClientVerifier::no_client_auth() // expect: MTLS103
    };

    let certs = CertificateDer::pem_file_iter(&args.certs).unwrap().map(Result::unwrap).collect();
    let privkey = PrivateKeyDer::from_pem_file(&args.key).expect("cannot read private key");
    let mut config = rustls::ServerConfig::builder()
        .with_client_cert_verifier(client_auth)
        .with_single_cert(certs, privkey)
        .expect("bad certificates/private key");
    config.key_log = Arc::new(rustls::KeyLogFile::new());
    if args.tickets {
        config.ticketer = rustls::crypto::aws_lc_rs::Ticketer::new().unwrap();
    }
    if args.max_early_data > 0 {
        config.max_early_data_size = args.max_early_data;
    }
    Arc::new(config)
}
