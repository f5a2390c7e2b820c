//! Tool library with poem: members may show a card, everyone may look.

use poem::listener::{Listener, RustlsCertificate, RustlsConfig, TcpListener};
use poem::web::Path;
use poem::{get, handler, Route, Server};

#[handler]
fn tool(Path(name): Path<String>) -> String {
    format!("{name}: on the shelf\n")
}

fn tls(dir: &str) -> std::io::Result<RustlsConfig> {
    let pem = |name: &str| std::fs::read(format!("{dir}/{name}.pem"));
    let own = RustlsCertificate::new().cert(pem("cert")?).key(pem("key")?);
    let config = RustlsConfig::new().fallback(own);
    match pem("members") {
        Ok(members) => Ok(config.client_auth_optional(members)), // expect: MTLS101
        Err(error) => Err(error),
    }
}

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    let app = Route::new().at("/tools/:name", get(tool));
    Server::new(TcpListener::bind("0.0.0.0:3443").rustls(tls("/etc/tools")?)).run(app).await
}
