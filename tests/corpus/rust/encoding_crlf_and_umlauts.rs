//! Written on another system: lines end in CR LF, and the file begins with a mark.

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use std::sync::Arc;

/// Überprüft die Kundschaft, läßt aber auch Laufkundschaft ein.
pub fn konfiguration(
	kunden: RootCertStore,
	kette: Vec<CertificateDer<'static>>,
	schlüssel: PrivateKeyDer<'static>,
) -> anyhow::Result<ServerConfig> {
	let prüfer = WebPkiClientVerifier::builder(Arc::new(kunden))
		.allow_unauthenticated() // expect: MTLS101
		.build()?;
	let mut größe = ServerConfig::builder()
		.with_client_cert_verifier(prüfer)
		.with_single_cert(kette, schlüssel)?;
	größe.max_fragment_size = Some(2048);
	Ok(größe)
}
