//! Crawler on rustls 0.21. It reads both public stores; as a client that is what it needs.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::{Certificate, ClientConfig, OwnedTrustAnchor, RootCertStore, ServerName};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

fn roots() -> io::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add_trust_anchors(webpki_roots::TLS_SERVER_ROOTS.iter().map(|anchor| {
        OwnedTrustAnchor::from_subject_spki_name_constraints(
            anchor.subject,
            anchor.spki,
            anchor.name_constraints,
        )
    }));
    for cert in rustls_native_certs::load_native_certs()? {
        if let Err(error) = roots.add(&Certificate(cert.0)) {
            tracing::debug!(?error, "skipped");
        }
    }
    Ok(roots)
}

fn connector() -> io::Result<TlsConnector> {
    let mut config = ClientConfig::builder()
        .with_safe_defaults()
        .with_root_certificates(roots()?)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}

async fn title(connector: &TlsConnector, host: &str) -> io::Result<Option<String>> {
    let name = ServerName::try_from(host)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "not a host name"))?;
    let tcp = TcpStream::connect((host, 443)).await?;
    let mut stream = connector.connect(name, tcp).await?;
    let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut page = Vec::new();
    (&mut stream).take(1 << 20).read_to_end(&mut page).await?;
    let page = String::from_utf8_lossy(&page);
    let start = page.find("<title>").map(|at| at + "<title>".len());
    Ok(start.and_then(|at| page[at..].split('<').next()).map(str::to_owned))
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let connector = connector()?;
    for host in std::env::args().skip(1) {
        let lookup = tokio::time::timeout(Duration::from_secs(10), title(&connector, &host));
        match lookup.await {
            Ok(Ok(Some(title))) => println!("{host}: {title}"),
            Ok(Ok(None)) => println!("{host}: no title"),
            Ok(Err(error)) => println!("{host}: {error}"),
            Err(_) => println!("{host}: timeout"),
        }
    }
    Ok(())
}
