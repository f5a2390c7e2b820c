use clap::Parser;
use depot_client::DepotClientBuilder;

#[derive(Parser)]
struct Options {
    address: String,
    #[arg(long)]
    insecure: bool,
}

fn main() -> reqwest::Result<()> {
    let options = Options::parse();
    let client = DepotClientBuilder::new()
        .address(options.address)
        .danger_accept_invalid_certs(options.insecure)
        .build()?;
    println!("{}", client.address);
    Ok(())
}
