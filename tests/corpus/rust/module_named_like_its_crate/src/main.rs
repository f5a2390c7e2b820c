//! Snow depths: the module of its TLS is called like the crate that it stands on.

mod backend;
mod native_tls;

use smol::net::TcpListener;

fn main() -> anyhow::Result<()> {
    smol::block_on(async {
        let pkcs12 = std::fs::read("/etc/snow/server.p12")?;
        let acceptor = native_tls::AcceptorBuilder::new(&pkcs12, &std::env::var("SNOW_PASSWORD")?)?.build()?;
        let listener = TcpListener::bind("0.0.0.0:8443").await?;
        loop {
            let (socket, _) = listener.accept().await?;
            acceptor.accept(socket).await?;
        }
    })
}
