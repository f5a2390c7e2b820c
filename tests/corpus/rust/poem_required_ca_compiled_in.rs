//! Clock tower on poem. The CA is in the binary, which is no secret; the key is read at start.

use poem::listener::{Listener, RustlsCertificate, RustlsConfig, TcpListener};
use poem::{get, handler, Route, Server};

const WINDERS: &[u8] = include_bytes!("../pki/winders-ca.pem");

#[handler]
fn time() -> String {
    format!("{:?}", std::time::SystemTime::now())
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let own = RustlsCertificate::new()
        .cert(include_bytes!("../pki/tower.pem").as_slice())
        .key(std::fs::read("/run/secrets/tower.key")?);
    let tls = RustlsConfig::new().fallback(own).client_auth_required(WINDERS);
    let app = Route::new().at("/time", get(time));
    Server::new(TcpListener::bind("0.0.0.0:8443").rustls(tls)).run(app).await
}
