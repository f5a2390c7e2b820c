mod server;
mod settings;
mod tls;

#[tokio::main]
async fn main() -> eyre::Result<()> {
    let settings = settings::Settings::load()?;
    server::run(settings).await
}
