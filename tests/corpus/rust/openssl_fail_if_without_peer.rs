//! Blocking file drop on OpenSSL, one thread per client.

use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslStream, SslVerifyMode};

fn acceptor(dir: &Path) -> Result<SslAcceptor, ErrorStack> {
    let mut acceptor = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
    acceptor.set_private_key_file(dir.join("drop.key"), SslFiletype::PEM)?;
    acceptor.set_certificate_chain_file(dir.join("drop.pem"))?;
    acceptor.check_private_key()?;
    acceptor.set_ca_file(dir.join("senders.pem"))?;
    // Nobody without a certificate.
    acceptor.set_verify(SslVerifyMode::FAIL_IF_NO_PEER_CERT); // expect: MTLS104
    Ok(acceptor.build())
}

fn receive(mut stream: SslStream<TcpStream>) -> io::Result<u64> {
    let mut name = [0u8; 32];
    stream.read_exact(&mut name)?;
    let name = std::str::from_utf8(&name)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "name"))?
        .trim_end_matches('\0')
        .to_owned();
    if name.is_empty() || name.contains(['/', '.']) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "bad name"));
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(Path::new("/srv/drop").join(name))?;
    let written = io::copy(&mut stream, &mut file)?;
    stream.write_all(&written.to_be_bytes())?;
    Ok(written)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let acceptor = Arc::new(acceptor(Path::new("/etc/drop"))?);
    let listener = TcpListener::bind("0.0.0.0:4433")?;
    for stream in listener.incoming() {
        let stream = stream?;
        let acceptor = Arc::clone(&acceptor);
        thread::spawn(move || match acceptor.accept(stream) {
            Ok(stream) => match receive(stream) {
                Ok(written) => println!("{written} bytes"),
                Err(error) => eprintln!("upload: {error}"),
            },
            Err(error) => eprintln!("handshake: {error}"),
        });
    }
    Ok(())
}
