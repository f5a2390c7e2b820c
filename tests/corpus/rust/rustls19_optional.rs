//! Chat relay on rustls 0.19: clients may show a certificate to get a verified nick.

use std::fs::File;
use std::io::{BufReader, Result as IoResult};
use std::sync::Arc;

use rustls::internal::pemfile;
use rustls::{
    AllowAnyAnonymousOrAuthenticatedClient, AllowAnyAuthenticatedClient, ClientCertVerifier,
    RootCertStore, ServerConfig,
};
use tokio_rustls::TlsAcceptor;

#[derive(Debug, Clone)]
pub struct TlsPaths {
    pub chain: String,
    pub key: String,
    pub members_ca: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Room {
    Lobby,
    Staff,
}

fn store(path: &str) -> IoResult<RootCertStore> {
    let mut reader = BufReader::new(File::open(path)?);
    let mut roots = RootCertStore::empty();
    roots.add_pem_file(&mut reader).expect("members CA is not PEM");
    Ok(roots)
}

fn verifier(room: Room, roots: RootCertStore) -> Arc<dyn ClientCertVerifier> {
    if room == Room::Staff {
        AllowAnyAuthenticatedClient::new(roots)
    } else {
        AllowAnyAnonymousOrAuthenticatedClient::new(roots) // expect: MTLS101
    }
}

pub fn acceptor(room: Room, paths: &TlsPaths) -> IoResult<TlsAcceptor> {
    let chain = pemfile::certs(&mut BufReader::new(File::open(&paths.chain)?))
        .expect("server chain is not PEM");
    let mut keys = pemfile::rsa_private_keys(&mut BufReader::new(File::open(&paths.key)?))
        .expect("server key is not PEM");

    let mut config = ServerConfig::new(verifier(room, store(&paths.members_ca)?));
    config.set_single_cert(chain, keys.remove(0)).expect("bad certificate or key");
    config.ignore_client_order = true;
    Ok(Arc::new(config).into())
}
